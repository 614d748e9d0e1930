import type { Topology } from "../resolve/topology.ts";
import { combine, type MemberKind, type Members, NO_MEMBERS } from "./shape.ts";

/** What the standbys that are left can do, at worst: those that are lost were the ones that mattered. */
export interface Standbys {
  /** One of them takes the place of a lost primary by itself. */
  readonly mayTakeOver: boolean;
  /** One of them has everything that was acknowledged. */
  readonly copyIsLeft: boolean;
  /** Commits of a primary that is left wait for one that is lost. */
  readonly commitsWait: boolean;
}

function limited(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}

/**
 * Synchronous replication with a list: Patroni names so many standbys, those first that may be promoted
 * (patroni/postgresql/sync.py, `current_state`); only who is on the list may take over.
 */
function onAList(wanted: number, eligible: Members, lost: Members): Standbys {
  const promotable = limited(wanted, eligible.full);
  const others = limited(wanted - promotable, eligible.synchronous);
  const promotableLeft = limited(promotable - lost.full, promotable);
  const othersLeft = limited(others - lost.synchronous, others);
  return {
    mayTakeOver: promotableLeft > 0,
    copyIsLeft: promotableLeft + othersLeft > 0,
    commitsWait: promotableLeft + othersLeft < promotable + others,
  };
}

/**
 * Quorum: any `wanted` of the voters confirm a commit, so that a successor must hear all but `wanted` - 1 of them. Those
 * that may not be promoted vote only where there are too few others (patroni/postgresql/sync.py, `current_state`).
 */
function byQuorum(wanted: number, eligible: Members, lost: Members): Standbys {
  const others = limited(wanted - eligible.full, eligible.synchronous);
  const voters = eligible.full + others;
  const confirming = limited(wanted, voters);
  const lostVoters = limited(lost.full, eligible.full) + limited(lost.synchronous, others);
  const copyIsLeft = lostVoters < confirming;
  return {
    mayTakeOver: copyIsLeft && eligible.full > lost.full,
    copyIsLeft,
    commitsWait: lostVoters > 0 && voters - lostVoters < confirming,
  };
}

/** Whoever may be promoted and is not too far behind takes over. */
function asynchronously(standbys: Members, lost: Members): Standbys {
  const left = standbys.full + standbys.promotable - lost.full - lost.promotable;
  return { mayTakeOver: left > 0, copyIsLeft: false, commitsWait: false };
}

/** Whether a primary acknowledges nothing while no standby is connected. */
export function isStrict({ replication: { mode, strict } }: Topology): boolean {
  return strict && mode !== "asynchronous";
}

/** @param whole every PostgreSQL member, the primary among them; `lost` are those of them that are lost */
export function standbysOf(
  { replication: { mode, synchronousStandbys } }: Topology,
  whole: Members,
  lost: Members,
  primary: { readonly kind: MemberKind; readonly lost: boolean },
): Standbys {
  const itself: Members = { ...NO_MEMBERS, [primary.kind]: 1 };
  const standbys = combine(whole, itself, (a, b) => Math.max(0, a - b));
  const lostStandbys = primary.lost ? combine(lost, itself, (a, b) => Math.max(0, a - b)) : lost;
  switch (mode) {
    case "asynchronous":
      return asynchronously(standbys, lostStandbys);
    case "synchronous":
      return onAList(synchronousStandbys, standbys, lostStandbys);
    case "quorum":
      return byQuorum(synchronousStandbys, standbys, lostStandbys);
  }
}
