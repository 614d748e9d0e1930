import type { PgbouncerRule } from "./finding.ts";
import * as connections from "./connections.ts";
import * as limits from "./limits.ts";
import * as parameters from "./parameters.ts";
import * as timeouts from "./timeouts.ts";

/** What PgBouncer cannot accept, or would make worse. */
export const pgbouncerRules: readonly PgbouncerRule[] = [
  parameters.ownedParameter,
  parameters.unknownParameter,
  parameters.invalidParameter,
  parameters.newerParameter,
  parameters.tooOld,
  connections.poolsExceedMaxConnections,
  connections.connectionLimitBelowPools,
  connections.connectionLimitUnreachable,
  connections.sessionClientsExceedPools,
  limits.fileDescriptors,
  limits.memory,
  timeouts.queryWaitBelowSwitchover,
  timeouts.loginRetryProlongsOutage,
  timeouts.idleSessionTimeoutCutsPools,
];
