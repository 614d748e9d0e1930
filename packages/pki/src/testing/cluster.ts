import type { Topology } from "@matriarch/topology";
import { type CertificateFacts, inspect, issuePki, type PkiFile, planPki, type Renewal } from "../index.ts";
import { nodeSigner } from "./node-signer.ts";

/** When the tests happen: a time of their own, so that nothing expires while they age. */
export const NOW = Date.UTC(2026, 0, 15, 12);

export interface Run {
  readonly existing?: ReadonlyMap<string, string>;
  readonly now?: number;
  readonly renewal?: Renewal;
}

/** What is to be done for a topology, with real keys. */
export function plan(topology: Topology, { existing = new Map(), now = NOW, renewal = "none" }: Run = {}) {
  return planPki({ topology, existing, now, renewal, keys: nodeSigner });
}

/** What is written for a topology, with real keys. */
export function issue(topology: Topology, run: Run = {}): PkiFile[] {
  const { existing = new Map(), now = NOW } = run;
  return issuePki({ plan: plan(topology, run), existing, signer: nodeSigner, now });
}

/** The disk after files were written. */
export function written(files: readonly PkiFile[], existing: ReadonlyMap<string, string> = new Map()): Map<string, string> {
  return new Map([...existing, ...files.map(({ path, content }) => [path, content] as const)]);
}

/** The facts of a certificate that is there and can be read. */
export function factsOf(disk: ReadonlyMap<string, string>, path: string): CertificateFacts {
  const inspection = inspect(disk.get(path) ?? "");
  if (!inspection.ok) throw new Error(`${path}: ${inspection.problem}`);
  return inspection.facts;
}

/** The disk without some files. */
export function without(disk: ReadonlyMap<string, string>, ...paths: readonly string[]): Map<string, string> {
  return new Map([...disk].filter(([path]) => !paths.includes(path)));
}
