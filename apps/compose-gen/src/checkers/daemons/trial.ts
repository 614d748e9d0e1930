import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Finding, type ParameterValue, type Topology } from "@matriarch/topology";
import { exampleSecrets, topologyOf } from "@matriarch/topology/testing";
import { renderComposeBundle, renderComposeSecrets } from "../../targets/compose/render.ts";
import type { Parameters } from "./draw.ts";

const NODES = "cluster: trial\nnodes: { e: [etcd], n: [postgresql], b: [haproxy], p: [pgbouncer] }\n";

/** A small topology with free parameters for one daemon. */
export function trialTopology(section: keyof Topology["parameters"], parameters: Parameters): Topology {
  return topologyOf(`${NODES}parameters: ${JSON.stringify({ [section]: parameters })}`);
}

/** The errors among findings: a set with one of them is never written. */
export function errorsOf<Code extends string>(findings: readonly Finding<Code>[]): string[] {
  return findings.filter(({ severity }) => severity === "error").map(({ code, message }) => `${code}: ${message}`);
}

/** What is done to a file before it is written: a refused value has to be put there by hand. */
type Change = (file: string, content: string) => string;

/** Writes what the container of one member would find, as the sample does: `<place>/rendered/…`, `<place>/secrets/…`. */
export async function writeTrial(
  folder: string,
  place: number,
  topology: Topology,
  member: string,
  change: Change = (_, content) => content,
): Promise<void> {
  const rendered = renderComposeBundle(topology, "0.0.0-trial").map(({ path: file, content }) => ({ file: `rendered/${file}`, content }));
  const secrets = renderComposeSecrets(topology, exampleSecrets(topology)).map(({ path: file, content }) => ({
    file: `secrets/${file}`,
    content,
  }));
  for (const { file, content } of [...rendered, ...secrets].filter(({ file: name }) => name.split("/")[1] === member)) {
    const target = path.join(folder, String(place), file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, change(path.basename(file), content), { mode: 0o444 });
  }
}

/** A value as a line of text holds it. */
export function asText(value: ParameterValue): string {
  return String(typeof value === "boolean" ? Number(value) : value);
}
