import type { Rule } from "@matriarch/topology";
import { memoryExceedsNode } from "./memory.ts";
import { maxConnections, patroniParameters, postgresqlParameters } from "./parameters.ts";
import { synchronousCommit } from "./synchronous-commit.ts";

/** What Patroni and PostgreSQL cannot accept, or would silently replace. */
export const patroniRules: readonly Rule[] = [
  postgresqlParameters,
  patroniParameters,
  maxConnections,
  memoryExceedsNode,
  synchronousCommit,
];
