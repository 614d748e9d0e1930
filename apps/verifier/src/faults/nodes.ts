import { memberWith } from "../cluster/cluster.ts";
import { leaderFirst } from "../cluster/etcd-leader.ts";
import { type Fault, freezing, killing, needs } from "./fault.ts";
import { otherReplica, primary, synchronousNodes, synchronousStandby, twoNodes } from "./targets.ts";

export const killPrimary = killing({ id: "kill-primary", title: "The primary's machine dies", available: twoNodes, targets: primary });

export const killPrimaryAndEtcdLeader = killing({
  id: "kill-primary-and-etcd-leader",
  title: "The primary's machine and that of etcd's leader die together",
  available: (facts) => twoNodes(facts) ?? needs(facts, "etcd", 3),
  targets: async (cluster) => [...(await primary(cluster)), ...(await leaderFirst(cluster)).slice(0, 1)],
});

export const killSynchronousStandby = killing({
  id: "kill-synchronous-standby",
  title: "The synchronous standby's machine dies",
  available: synchronousNodes,
  targets: synchronousStandby,
});

export const killReplica = killing({
  id: "kill-replica",
  title: "A replica's machine dies that no commit waits for",
  available: (facts) => needs(facts, "postgresql", 3),
  targets: otherReplica,
});

export const killPrimaryAndStandby = killing({
  id: "kill-primary-and-standby",
  title: "The primary's and the synchronous standby's machines die together",
  available: (facts) => needs(facts, "postgresql", 3),
  targets: async (cluster) => [...(await primary(cluster)), ...(await synchronousStandby(cluster))],
});

function freezingPrimary(id: string, title: string): Fault {
  return freezing({ id, title, available: twoNodes, targets: primary });
}

export const freezePrimary = freezingPrimary("freeze-primary", "The primary's machine stands still");
export const freezePrimaryHalfRetry = freezingPrimary(
  "freeze-primary-half-retry",
  "The primary's machine stands still for half of retry_timeout",
);
export const freezePrimaryRetry = freezingPrimary("freeze-primary-retry", "The primary's machine stands still for retry_timeout");
export const freezePrimaryPastLease = freezingPrimary(
  "freeze-primary-past-lease",
  "The primary's machine stands still for ttl + loop_wait, and wakes up around the promotion of another",
);

export const killPrimaryAndPooler = killing({
  id: "kill-primary-and-pooler",
  title: "The primary's machine and a pooler die together",
  available: (facts) => twoNodes(facts) ?? needs(facts, "pgbouncer", 1),
  targets: async (cluster) => [...(await primary(cluster)), memberWith(cluster.facts, "pgbouncer")],
});
