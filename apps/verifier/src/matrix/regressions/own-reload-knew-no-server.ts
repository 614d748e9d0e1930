import type { Regression } from "./regression.ts";

export const reloadKnewNoServer: Regression = {
  id: "own-reload-knew-no-server",
  sources: ["ece4fda"],
  hole: "After a reload of HAProxy the new process knew no server until it had checked each of them: it refused every new client for that long.",
  closedBy: "The old process writes down how the servers are, and `load-server-state-from-file` in haproxy.cfg has the new one read it.",
  broughtBackBy: "reload-balancer",
};
