import type { Scenario } from "../../run/scenario.ts";
import { guardOutlivesReset } from "./fly-apps-postgres-flex-76.ts";
import { reloadKnewNoServer } from "./own-reload-knew-no-server.ts";
import { rewindLostItsSource } from "./own-rewind-lost-its-source.ts";
import { largeTransactionKeptTheStandbyDown } from "./patroni-3703.ts";
import { dumpLeavesSessionsAlone } from "./pgbouncer-452.ts";
import { cancelReachesItsSession } from "./pgbouncer-666.ts";
import type { Regression } from "./regression.ts";

/** Every hole that was found once; one file each, in the order of their names. */
export const REGRESSIONS: readonly Regression[] = [
  guardOutlivesReset,
  reloadKnewNoServer,
  rewindLostItsSource,
  largeTransactionKeptTheStandbyDown,
  dumpLeavesSessionsAlone,
  cancelReachesItsSession,
];

/** The scenarios that are there for a regression only. */
export const REGRESSION_SCENARIOS: readonly Scenario[] = REGRESSIONS.flatMap(({ broughtBackBy }) =>
  typeof broughtBackBy === "string" ? [] : [broughtBackBy],
);
