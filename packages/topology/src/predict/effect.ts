/** What has to happen before something that has stopped goes on. What is lost may always return; nobody has to do more then. */
export type Until = "return" | "return-or-operator";

/** What a loss does to writes or reads, from harmless to worst. */
export type Effect =
  | { readonly kind: "go-on" }
  /** Reads only: every node that is left answers, and nothing bounds how old the answers are. */
  | { readonly kind: "stale" }
  /** In seconds: a standby takes over, or commits wait. */
  | { readonly kind: "pause"; readonly low: number; readonly usually: number; readonly high: number }
  | { readonly kind: "stop"; readonly until: Until };

/** What becomes of acknowledged writes: all are kept; the last ones may be lost; no copy is left. */
export type DataRisk = "kept" | "lag" | "every-copy";

/** How many of a way in are left. */
export type Share = "all" | "some" | "none";

/** What it means to lose something, whichever node is the primary at that moment: at its worst. */
export interface Consequence {
  /** Through a balancer that is left. */
  readonly writes: Effect;
  /** Through the read-only port of a balancer that is left. */
  readonly reads: Effect;
  readonly data: DataRisk;
  readonly balancers: Share;
  /** Poolers that still lead somewhere; `null` in a cluster without one. */
  readonly poolers: Share | null;
}

function rankOf(effect: Effect): number {
  switch (effect.kind) {
    case "go-on":
      return 0;
    case "stale":
      return 1;
    case "pause":
      return 2;
    case "stop":
      return effect.until === "return-or-operator" ? 3 : 4;
  }
}

const RISKS: readonly DataRisk[] = ["kept", "lag", "every-copy"];
const SHARES: readonly Share[] = ["all", "some", "none"];

/** Below 0 where `a` is milder, or the shorter pause. */
export function compareEffects(a: Effect, b: Effect): number {
  return a.kind === "pause" && b.kind === "pause" ? a.high - b.high : rankOf(a) - rankOf(b);
}

function worseEffect(a: Effect, b: Effect): Effect {
  return compareEffects(a, b) < 0 ? b : a;
}

function worseOf<Value>(order: readonly Value[], a: Value, b: Value): Value {
  return order.indexOf(a) < order.indexOf(b) ? b : a;
}

/** The worse of two consequences, matter by matter. */
export function worse(a: Consequence, b: Consequence): Consequence {
  return {
    writes: worseEffect(a.writes, b.writes),
    reads: worseEffect(a.reads, b.reads),
    data: worseOf(RISKS, a.data, b.data),
    balancers: worseOf(SHARES, a.balancers, b.balancers),
    poolers: a.poolers === null || b.poolers === null ? null : worseOf(SHARES, a.poolers, b.poolers),
  };
}

/** Whether `a` is as bad as `b` or worse, in every matter. */
export function isNoBetter(a: Consequence, b: Consequence): boolean {
  return (
    compareEffects(a.writes, b.writes) >= 0 &&
    compareEffects(a.reads, b.reads) >= 0 &&
    RISKS.indexOf(a.data) >= RISKS.indexOf(b.data) &&
    SHARES.indexOf(a.balancers) >= SHARES.indexOf(b.balancers) &&
    SHARES.indexOf(a.poolers ?? "all") >= SHARES.indexOf(b.poolers ?? "all")
  );
}
