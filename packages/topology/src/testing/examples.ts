import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "../parse/parse.ts";
import { resolve } from "../resolve/resolve.ts";
import type { Topology } from "../resolve/topology.ts";
import type { Secrets } from "../rendered-file.ts";
import { secretsOf } from "../secrets.ts";

const EXAMPLES = new URL("../../../../examples/", import.meta.url);

/** Names of the examples: the inputs of the goldens and of the live runs. */
export const EXAMPLE_NAMES: readonly string[] = readdirSync(EXAMPLES).toSorted();

export function exampleText(name: string): string {
  return readFileSync(fileURLToPath(new URL(`${name}/topology.yaml`, EXAMPLES)), "utf8");
}

/**
 * An example in networks of its own: an engine refuses two with the same addresses. They are /24s, one after the other from
 * `${prefix}.${first}` on.
 */
export function exampleTextApart(name: string, prefix: string, first = 0): string {
  const networks = Object.keys(exampleTopology(name).networks).map((network, index) => `  ${network}: ${prefix}.${first + index}.0/24\n`);
  return `${exampleText(name).replace(/^networks:\n(?: .*\n)+/m, "")}\nnetworks:\n${networks.join("")}`;
}

/** An example, resolved. Throws when it does not parse: an example is always valid. */
export function exampleTopology(name: string): Topology {
  return topologyOf(exampleText(name));
}

/** Any text, resolved: for tests that vary one line. */
export function topologyOf(text: string): Topology {
  const { topology, diagnostics } = parse(text, "topology.yaml");
  if (topology === undefined) throw new Error(diagnostics.map(({ line, message }) => `${line}: ${message}`).join("\n"));
  return resolve(topology);
}

/** A value for each secret that does not depend on chance. */
export function exampleSecrets(topology: Topology): Secrets {
  return Object.fromEntries(secretsOf(topology).map(({ variable }) => [variable, `secret of ${variable}`]));
}
