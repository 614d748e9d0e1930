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
interface Cluster<A extends Access> {
  readonly value: number | null;
  readonly accesses: readonly A[];
  /** The one that ended first; `null` for what was there before anything was sent. */
  readonly earliest: A | null;
  /** The one that began last. */
  readonly latest: A;
  readonly firstEnd: number;
  readonly lastStart: number;
}

/** A proof that a register is not one: as few accesses as there can be. */
export type Contradiction<A extends Access> =
  /** Nobody wrote what was read. */
  | { readonly kind: "phantom read"; readonly proof: readonly [A] }
  /** It was over before the write began. */
  | { readonly kind: "read before its write"; readonly proof: readonly [read: A, write: A] }
  /** Each of two values comes before the other: the first was seen before and after the second. */
  | {
      readonly kind: "overlapping zones" | "enclosed zone";
      readonly values: readonly [number | null, number | null];
      readonly proof: readonly A[];
    };

function clusterOf<A extends Access>(value: number | null, accesses: readonly A[]): Cluster<A> {
  const [first] = accesses;
  const earliest = value === null ? null : accesses.reduce((found, access) => (access.end < found.end ? access : found), first as A);
  const latest = accesses.reduce((found, access) => (access.start > found.start ? access : found), first as A);
  return { value, accesses, earliest, latest, firstEnd: earliest?.end ?? -Infinity, lastStart: latest.start };
}

/** One access to a value between two sights of the other is enough; else it takes both ends of both. */
function contradiction<A extends Access>(
  kind: "overlapping zones" | "enclosed zone",
  one: Cluster<A>,
  other: Cluster<A>,
): Contradiction<A> {
  const ends = ({ earliest, latest }: Cluster<A>) => (earliest ? [earliest, latest] : [latest]);
  const inside = (inner: Cluster<A>, { firstEnd, lastStart }: Cluster<A>) =>
    inner.accesses.find(({ start, end }) => firstEnd < start && end < lastStart);
  const within = inside(other, one);
  if (within) return { kind, values: [one.value, other.value], proof: [...ends(one), within] };
  const around = inside(one, other);
  return { kind, values: [other.value, one.value], proof: [...ends(other), ...(around ? [around] : ends(one))] };
}

/** Forward zones that overlap: each against the one before it that reaches furthest. */
function overlapping<A extends Access>(forward: readonly Cluster<A>[]): Contradiction<A>[] {
  const found: Contradiction<A>[] = [];
  let furthest: Cluster<A> | undefined;
  for (const zone of forward) {
    if (furthest && zone.firstEnd < furthest.lastStart) found.push(contradiction("overlapping zones", furthest, zone));
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
    if (furthest && zone.firstEnd < furthest.lastStart) found.push(contradiction("enclosed zone", furthest, zone));
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
  const early = reads.flatMap((read) => {
    const write = writes.get(read.value);
    return write && read.end < write.start ? [{ kind: "read before its write" as const, proof: [read, write] as const }] : [];
  });
  // A value that was read before it was written contradicts itself, and would seem to contradict others.
  const odd = new Set(early.map(({ proof: [{ value }] }) => value));
  const known = accesses.filter(({ value }) => (value === null || writes.has(value)) && !odd.has(value));
  const clusters = [...Map.groupBy(known, ({ value }) => value)].map(([value, group]) => clusterOf(value, group));
  const forward = clusters.filter(({ firstEnd, lastStart }) => firstEnd < lastStart).toSorted((a, b) => a.firstEnd - b.firstEnd);
  const backward = clusters.filter(({ firstEnd, lastStart }) => firstEnd >= lastStart);
  return [
    ...phantoms.map((read) => ({ kind: "phantom read" as const, proof: [read] as const })),
    ...early,
    ...overlapping(forward),
    ...enclosed(forward, backward),
  ];
}
