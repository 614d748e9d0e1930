import { both, edited, inSection, replacing } from "../edits.ts";
import type { Mutant } from "../mutant.ts";
import { broken, claimOf } from "./table.ts";

const CONFIGURATION = /^[^/]+\/pgbouncer\.ini$/;

/** Of several servers only the first, whose state nobody follows. */
function onlyTheFirst(section: string): string {
  const [first] = section.match(/^ {2}server .*$/m) ?? [];
  const lines = section.split("\n").filter((line) => !line.startsWith("  server ") || line === first);
  return lines.join("\n").replace(/ track \S+/, "");
}

/** PgBouncer, and its lane through HAProxy. */
export const POOLER_MUTANTS: readonly Mutant[] = [
  broken(
    "session-pool",
    "A client keeps its server for as long as its session lasts, and there are two of them",
    claimOf("services", "services-take-turns", /clients wait/),
    both(
      edited(CONFIGURATION, replacing(/^pool_mode = .*$/m, "pool_mode = session")),
      edited(CONFIGURATION, replacing(/^default_pool_size = .*$/m, "default_pool_size = 2")),
    ),
  ),
  broken(
    "pinned-pool",
    "The pools are pinned to one node, whoever is the primary",
    claimOf("reactions", "reactions-pools-follow", /leads to/),
    edited(/^[^/]+\/haproxy\.cfg$/, inSection("backend rw_pooled", onlyTheFirst)),
  ),
];
