import { settingRule } from "@matriarch/topology";
import { DIALECT } from "../settings/dialect.ts";
import { SETTINGS } from "../settings/index.ts";
import type { PgbouncerRule } from "./finding.ts";
import * as connections from "./connections.ts";
import * as limits from "./limits.ts";
import * as timeouts from "./timeouts.ts";
import { tooOld } from "./versions.ts";

/** What PgBouncer cannot accept, or would make worse. */
export const pgbouncerRules: readonly PgbouncerRule[] = [
  settingRule(DIALECT, SETTINGS),
  tooOld,
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
