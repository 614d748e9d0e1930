import { posix } from "node:path";
import type { Workspace } from "./workspace.ts";

/**
 * The rooms of an app, from the bottom to the top: a room may use those of the tiers below its own, and no other. Rooms are the
 * folders and files directly below `src`, and inside an app no files use each other in a circle. A package is small enough for one reader.
 */
export const RANKS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "apps/verifier": [
    ["exit-code.ts", "history", "mask", "reason.ts", "requirements"],
    ["checks"],
    ["machine"],
    ["cluster"],
    ["faults", "workload"],
    ["run"],
    ["matrix", "report"],
    ["self-test"],
    ["commands"],
    ["cli.ts"],
    ["main.ts"],
  ],
  "apps/compose-gen": [
    ["bundle.ts", "certificates", "change", "completion", "exit-code.ts", "missing-secrets.ts"],
    ["packages.ts", "passwords", "report", "version.ts"],
    ["diagnostics", "long-secrets.ts", "manifest.ts", "rules.ts", "targets"],
    ["io", "pipeline.ts"],
    ["diff", "init"],
    ["commands"],
    ["cli"],
    ["cli.ts"],
    ["main.ts"],
  ],
};

/** Tests and what is there for them may look from anywhere at anything. */
const FOR_TESTS = /\.(test|bench)\.ts$|\/(testing|fixtures|live|checkers)\//;

/** Uses of a room of the same tier or a higher one, and rooms without a rank; one sentence each. */
export function findMisplaced({ folder, imports }: Workspace, tiers: readonly (readonly string[])[]): string[] {
  const roomOf = (file: string) => posix.relative(`${folder}/src`, file).split("/", 1).join();
  const tierOf = (room: string) => tiers.findIndex((tier) => tier.includes(room));
  const uses = imports
    .filter(({ file, specifier }) => specifier.startsWith(".") && !FOR_TESTS.test(file))
    .map(({ file, specifier }) => ({ file, specifier, from: roomOf(file), to: roomOf(posix.join(posix.dirname(file), specifier)) }))
    .filter(({ from, to }) => from !== to && to !== "..");
  const rooms = new Set(uses.flatMap(({ from, to }) => [from, to]));
  const unranked = [...rooms].filter((room) => tierOf(room) === -1).toSorted();
  return [
    ...unranked.map((room) => `${folder}/src/${room} has no rank: give it one in scripts/architecture/ranks.ts`),
    ...uses
      .filter(({ from, to }) => !unranked.includes(from) && !unranked.includes(to) && tierOf(to) >= tierOf(from))
      .map(({ file, specifier, from, to }) => `${file} imports ${specifier}: ${from} ranks no higher than ${to}`),
  ];
}

/** Files that use each other in a circle, types included, one sentence for a circle; tests are not looked at by others, so in none. */
export function findCircles({ imports }: Workspace): string[] {
  const used = new Map<string, string[]>();
  for (const { file, specifier } of imports) {
    if (specifier.startsWith(".")) used.set(file, [...(used.get(file) ?? []), posix.join(posix.dirname(file), specifier)]);
  }
  const state = new Map<string, "open" | "done">();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      circles.push(`${[...path.slice(path.indexOf(file)), file].join(" → ")}: a circle`);
      return;
    }
    state.set(file, "open");
    for (const next of used.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, "done");
  };
  for (const file of used.keys()) visit(file, []);
  return circles;
}
