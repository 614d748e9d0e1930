import type { PatroniRule } from "./finding.ts";
import { archivingWithoutCommand } from "./archiving.ts";
import { memoryExceedsNode } from "./memory.ts";
import { maxConnections, patroniParameters, postgresqlParameters } from "./parameters.ts";
import { tooFewWalSenders, walSenderOutlivesLease } from "./replication.ts";
import { parametersContradict } from "./together.ts";
import { synchronousCommit } from "./synchronous-commit.ts";
import { etcdRefusesPatroni, patroniTooOld } from "./versions.ts";
import { writesDisabled } from "./writes-disabled.ts";

/** What Patroni and PostgreSQL cannot accept, or would silently replace. */
export const patroniRules: readonly PatroniRule[] = [
  postgresqlParameters,
  patroniParameters,
  maxConnections,
  memoryExceedsNode,
  parametersContradict,
  synchronousCommit,
  tooFewWalSenders,
  walSenderOutlivesLease,
  archivingWithoutCommand,
  writesDisabled,
  patroniTooOld,
  etcdRefusesPatroni,
];
