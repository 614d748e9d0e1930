import type { Regression } from "./regression.ts";

export const rewindLostItsSource: Regression = {
  id: "own-rewind-lost-its-source",
  sources: ["2b53a0c"],
  hole: "The runbook moved the primary home while a node was still being rewound from it: the switchover restarted the source of pg_rewind, and what was left could not be rewound again.",
  closedBy: "Step `nodes` of docs/runbooks/lost-datacenter.md waits until both nodes stream, before the primary moves.",
  broughtBackBy: "runbook-lost-datacenter",
};
