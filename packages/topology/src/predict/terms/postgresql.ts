import type { Topology } from "../../resolve/topology.ts";
import type { Term } from "../interval.ts";
import { WRITES_TO_ETCD } from "./etcd.ts";

/** How long a promotion may take: the standby replays what it has received, then ends its recovery without a checkpoint. */
const PROMOTION = { low: 0.1, high: 2 };

/** A fast shutdown ends sessions, sends the rest of the WAL and writes a checkpoint, small after the one before it. */
const FAST_SHUTDOWN = 2;

/** Until a Patroni that is at work looks again. */
export function nextRound({ timing }: Topology): Term {
  return { name: "Patroni's next round", low: 0, high: timing.loopWait, why: "Patroni looks at its PostgreSQL once in loop_wait." };
}

export function promotion(): Term {
  return {
    name: "promotion",
    ...PROMOTION,
    why: "The standby replays what it has received and ends its recovery without a checkpoint (assumed bound; a standby that is far behind in replay takes longer).",
  };
}

export function recoveryInPlace({ timing }: Topology): Term {
  return {
    name: "PostgreSQL recovers in its place",
    low: 0,
    high: timing.primaryStartTimeout,
    why: "It replays the WAL since its last checkpoint; after primary_start_timeout Patroni prefers another node.",
  };
}

/** The round in which Patroni sees that the time to recover is over. */
export function recoveryAbandoned({ timing }: Topology): Term {
  return {
    name: "recovery is given up",
    low: 0,
    high: timing.loopWait + WRITES_TO_ETCD,
    why: "Where recovery takes too long, Patroni stops it in its next round and gives up the lease.",
  };
}

export function fastShutdown(): Term {
  return {
    name: "fast shutdown",
    low: 0,
    high: FAST_SHUTDOWN,
    why: "Sessions end, standbys get the rest of the WAL, and a checkpoint is written, small after the one that Patroni asks for before (assumed bound).",
  };
}

/** Seen once: a fast shutdown took exactly authentication_timeout. */
export function silentConnections({ waits }: Topology): Term {
  return {
    name: "connections that have said nothing",
    low: 0,
    high: waits.authentication,
    why: "A connection that has not yet said who it is can hold a shutdown until authentication_timeout.",
    rare: true,
  };
}

export function shutdownNoticed(): Term {
  return {
    name: "Patroni sees the shutdown",
    low: 1,
    high: 2,
    why: "It looks once a second whether PostgreSQL has stopped, and leaves the standbys 1 s to catch up (patroni/postgresql, STOP_POLLING_INTERVAL; patroni/ha.py, demote).",
  };
}
