import type { PatroniRule } from "./finding.ts";
import { archiveFolders } from "./archive-folder.ts";
import { archiveLibrary } from "./archive-library.ts";
import { archivingWithoutCommand } from "./archiving.ts";
import { missingPrograms } from "./commands.ts";
import { extensionParameters } from "./extension-parameters.ts";
import { memoryExceedsNode } from "./memory.ts";
import { librariesNeedParameters, outputPluginsNeedLogicalWal } from "./needed-parameters.ts";
import { maxConnections, patroniParameters, postgresqlParameters } from "./parameters.ts";
import { preloadedLibraries } from "./preload.ts";
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
  archiveLibrary,
  preloadedLibraries,
  librariesNeedParameters,
  outputPluginsNeedLogicalWal,
  extensionParameters,
  missingPrograms,
  archiveFolders,
  writesDisabled,
  patroniTooOld,
  etcdRefusesPatroni,
];
