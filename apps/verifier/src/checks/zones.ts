/** A write of a value to a register, or a read that saw it. */
export interface Access {
  readonly kind: "write" | "read";
  /** `null`: what was there before the first write. */
  readonly value: number | null;
  readonly start: number;
  /** Infinity where it may take effect at any time. */
  readonly end: number;
}

/** All that is known of one value: its write, and the reads that saw it. */
export interface Cluster<A extends Access> {
  readonly value: number | null;
  /** The one that ended first; `null` for what was there before anything was sent. */
  readonly earliest: A | null;
  /** The one that began last; `null` where nobody looked. */
  readonly latest: A | null;
  readonly firstEnd: number;
  readonly lastStart: number;
}

/** A proof that a register is not one. */
export type Contradiction<A extends Access> =
  /** Nobody wrote what was read. */
  | { readonly kind: "phantom read"; readonly read: A }
  /** It was over before the write began. */
  | { readonly kind: "read before its write"; readonly read: A; readonly write: A }
  /** Each of two values comes before the other. */
  | { readonly kind: "overlapping zones" | "enclosed zone"; readonly clusters: readonly [Cluster<A>, Cluster<A>] };

function clusterOf<A extends Access>(value: number | null, accesses: readonly A[]): Cluster<A> {
  const [first] = accesses;
  const earliest = value === null ? null : accesses.reduce((found, access) => (access.end < found.end ? access : found), first as A);
  const latest = accesses.reduce((found, access) => (access.start > found.start ? access : found), first as A);
  return { value, earliest, latest, firstEnd: earliest?.end ?? -Infinity, lastStart: latest.start };
}

/** Forward zones that overlap: each against the one before it that reaches furthest. */
function overlapping<A extends Access>(forward: readonly Cluster<A>[]): Contradiction<A>[] {
  const found: Contradiction<A>[] = [];
  let furthest: Cluster<A> | undefined;
  for (const zone of forward) {
    if (furthest && zone.firstEnd < furthest.lastStart) found.push({ kind: "overlapping zones", clusters: [furthest, zone] });
    if (!furthest || zone.lastStart > furthest.lastStart) furthest = zone;
  }
  return found;
}

/** Backward zones inside a forward one: of all that begin before it, the one that reaches furthest encloses it, or none does. */
function enclosed<A extends Access>(forward: readonly Cluster<A>[], backward: readonly Cluster<A>[]): Contradiction<A>[] {
  const found: Contradiction<A>[] = [];
  let position = 0;
  let furthest: Cluster<A> | undefined;
  for (const zone of backward.toSorted((a, b) => a.lastStart - b.lastStart)) {
    for (let next = forward[position]; next && next.firstEnd < zone.lastStart; next = forward[++position]) {
      if (!furthest || next.lastStart > furthest.lastStart) furthest = next;
    }
    if (furthest && zone.firstEnd < furthest.lastStart) found.push({ kind: "enclosed zone", clusters: [furthest, zone] });
  }
  return found;
}

/**
 * What keeps the accesses of one register, whose values are written once each, from being linearizable; nothing when they
 * are. P. Gibbons and E. Korach, Testing shared memories, 1997. O(n log n).
 */
export function contradictions<A extends Access>(accesses: readonly A[]): readonly Contradiction<A>[] {
  const writes = new Map(accesses.filter(({ kind }) => kind === "write").map((write) => [write.value, write]));
  const reads = accesses.filter(({ kind }) => kind === "read");
  const phantoms = reads.filter(({ value }) => value !== null && !writes.has(value));
  const early = reads.flatMap((read): Contradiction<A>[] => {
    const write = writes.get(read.value);
    return write && read.end < write.start ? [{ kind: "read before its write", read, write }] : [];
  });
  const known = accesses.filter(({ value }) => value === null || writes.has(value));
  const clusters = [...Map.groupBy(known, ({ value }) => value)].map(([value, group]) => clusterOf(value, group));
  const forward = clusters.filter(({ firstEnd, lastStart }) => firstEnd < lastStart).toSorted((a, b) => a.firstEnd - b.firstEnd);
  const backward = clusters.filter(({ firstEnd, lastStart }) => firstEnd >= lastStart);
  return [
    ...phantoms.map((read) => ({ kind: "phantom read" as const, read })),
    ...early,
    ...overlapping(forward),
    ...enclosed(forward, backward),
  ];
}
