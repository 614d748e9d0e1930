import type { Topology } from "../resolve/topology.ts";
import { beyond, type Interval, sequence, type Term } from "./interval.ts";
import * as etcdLoss from "./terms/etcd-loss.ts";
import * as lease from "./terms/lease.ts";
import * as postgresql from "./terms/postgresql.ts";
import * as standby from "./terms/standby.ts";
import * as wayIn from "./terms/way-in.ts";

/** From the moment at which a node may take over, to clients that write there. `oldAnswers`: whether Patroni of the old primary still does. */
function takeOver(topology: Topology, before: readonly Term[], oldAnswers: boolean): Interval {
  const terms = [...before, lease.leaseTaken(), postgresql.promotion(), wayIn.balancerFollows(topology)];
  const old = beyond(wayIn.oldPrimaryLeaves(topology, oldAnswers), terms);
  return sequence([...terms, old, ...standby.standbyFollows(topology), ...wayIn.poolerRetries(topology)]);
}

/** Without writes when the primary's host is gone, and perhaps etcd's leader with it; a standby takes over. */
export function primaryHostLost(topology: Topology, etcdLeaderToo: boolean): Interval {
  const ends = etcdLeaderToo ? [lease.etcdElects(topology), lease.leaseStartsAgain(topology)] : [lease.leaseRunsOut(topology)];
  return takeOver(topology, [...ends, lease.etcdNotices(), lease.deadMemberPolled()], false);
}

/** Without writes when PostgreSQL crashes and a standby takes over at once. */
export function crashHandedOver(topology: Topology): Interval {
  return takeOver(topology, [postgresql.nextRound(topology), lease.leaseGivenUp()], true);
}

/** Without writes when PostgreSQL crashes and may recover first; a standby takes over where that takes too long. */
export function crashRecovered(topology: Topology): Interval {
  const recovery = [postgresql.nextRound(topology), postgresql.recoveryInPlace(topology)];
  const abandoned = postgresql.recoveryAbandoned(topology);
  const { terms } = takeOver(topology, [...recovery, abandoned], true);
  const reconnected = standby.standbyReturns(topology).map((term) => beyond(term, [abandoned, lease.leaseTaken(), postgresql.promotion()]));
  // It may as well recover soon: then nothing is handed over.
  return sequence([...terms, ...reconnected].map((term) => ({ ...term, low: 0 })));
}

/** Without writes in a planned switchover. */
export function switchedOver(topology: Topology): Interval {
  return takeOver(topology, [postgresql.fastShutdown(), postgresql.silentConnections(topology), postgresql.shutdownNoticed()], true);
}

/** How long commits wait when a synchronous standby is lost that they need. */
export function commitsWait(topology: Topology): Interval {
  return sequence([standby.standbyGivenUp(topology), postgresql.nextRound(topology), standby.standbyTakenOff()]);
}

/** From the loss of etcd's quorum to the last acknowledged write of the old primary. */
export function lastWrite(topology: Topology): Interval {
  return sequence([
    etcdLoss.roundBegins(topology),
    etcdLoss.etcdRead(topology),
    etcdLoss.renewalGivenUp(topology),
    ...etcdLoss.membersAsked(topology),
  ]);
}

/** The demoted primary takes up its lease again, as soon as etcd has it. */
function backAfter(topology: Topology, before: readonly Term[]): Interval {
  return sequence([
    ...before,
    postgresql.fastShutdown(),
    postgresql.silentConnections(topology),
    etcdLoss.etcdNoticed(topology),
    lease.leaseTaken(),
    postgresql.promotion(),
    wayIn.balancerFollows(topology),
    ...standby.standbyFollows(topology),
    ...wayIn.poolerRetries(topology),
  ]);
}

/** From the start of etcd's lost members to the first acknowledged write. */
export function firstWrite(topology: Topology): Interval {
  return backAfter(topology, [etcdLoss.etcdReturns(topology)]);
}

/** Without writes when etcd elects a leader for longer than Patroni has patience, and the primary demotes itself. */
export function demotedByElection(topology: Topology): Interval {
  const { terms } = backAfter(topology, [lease.etcdElects(topology)]);
  return sequence(terms.map((term) => ({ ...term, low: 0 })));
}
