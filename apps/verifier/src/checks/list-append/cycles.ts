import { adjacencyOf, type Adjacency, componentsOf } from "./components.ts";
import type { Dependency, Graph } from "./graph.ts";
import type { Transaction } from "./lists.ts";

/** One step around a cycle: why `from` comes before the next step's `from`. */
interface CycleStep {
  readonly from: Transaction;
  readonly because: Dependency;
}

/** Transactions that each come before the next, and the last before the first. */
export interface Cycle {
  readonly kind: string;
  readonly steps: readonly CycleStep[];
}

/** Kinds of cycles from the worst on, by the dependencies that are enough for one. As Adya and Elle name them. */
const LEVELS: readonly { readonly kind: string; readonly uses: ReadonlySet<Dependency> }[] = [
  { kind: "G0", uses: new Set(["ww"]) },
  { kind: "G1c", uses: new Set(["ww", "wr"]) },
  { kind: "G2", uses: new Set(["ww", "wr", "rw"]) },
  { kind: "G0-realtime", uses: new Set(["ww", "rt"]) },
  { kind: "G1c-realtime", uses: new Set(["ww", "wr", "rt"]) },
  { kind: "G2-realtime", uses: new Set(["ww", "wr", "rw", "rt"]) },
];

/** From how many transactions of a component its shortest cycle is looked for: all of them, unless everything is broken. */
const STARTS = 100;

interface Step {
  readonly node: number;
  readonly kind: Dependency;
  readonly via: Step | null;
  readonly length: number;
}

/** Where a cycle is looked for: along some dependencies, among some nodes. */
interface Search {
  readonly adjacency: Adjacency;
  readonly graph: Graph;
  readonly inside: ReadonlySet<number>;
  readonly uses: ReadonlySet<Dependency>;
}

/** The steps that lead on from one, inside the search. */
function stepsFrom(step: Step, { adjacency: { offsets, targets, edges }, graph, inside, uses }: Search): readonly Step[] {
  const steps: Step[] = [];
  for (let place = offsets[step.node] ?? 0; place < (offsets[step.node + 1] ?? 0); place++) {
    const kind = graph.kinds[edges[place] ?? -1] ?? "rt";
    const node = targets[place] ?? 0;
    const isMoment = node >= graph.transactions.length;
    if (uses.has(kind) && inside.has(node)) steps.push({ node, kind, via: step, length: step.length + (isMoment ? 0 : 1) });
  }
  return steps;
}

/** The cycle through a transaction that has the fewest others in it, or none. Moments on the clock cost nothing. */
function shortestThrough(start: number, search: Search): Step | null {
  const done = new Set<number>();
  let level: Step[] = [{ node: start, kind: "rt", via: null, length: 0 }];
  while (level.length > 0) {
    const next: Step[] = [];
    // Grows while it is walked through: moments belong to the level of whoever leads to them.
    for (const step of level) {
      if (step.via && step.node === start) return step;
      if (done.has(step.node)) continue;
      if (step.via) done.add(step.node);
      for (const following of stepsFrom(step, search)) (following.length === step.length ? level : next).push(following);
    }
    level = next;
  }
  return null;
}

function cycleOf(end: Step, kind: string, graph: Graph): Cycle {
  const path: Step[] = [];
  for (let step: Step | null = end; step; step = step.via) path.unshift(step);
  const steps = path.slice(0, -1).flatMap(({ node }, position): CycleStep[] => {
    const from = graph.transactions[node];
    return from ? [{ from, because: path[position + 1]?.kind ?? "rt" }] : [];
  });
  const reads = steps.filter(({ because }) => because === "rw").length;
  return { kind: kind.startsWith("G2") && reads === 1 ? kind.replace("G2", "G-single") : kind, steps };
}

/** The shortest of the worst cycles among some nodes that all lead to each other. */
function worstCycle(component: readonly number[], adjacency: Adjacency, graph: Graph): Cycle | null {
  const inside = new Set(component);
  const starts = component.filter((node) => node < graph.transactions.length).slice(0, STARTS);
  for (const { kind, uses } of LEVELS) {
    const ends = starts.map((start) => shortestThrough(start, { adjacency, graph, inside, uses })).filter((end) => end !== null);
    const [first] = ends;
    if (first)
      return cycleOf(
        ends.reduce((shortest, end) => (end.length < shortest.length ? end : shortest), first),
        kind,
        graph,
      );
  }
  return null;
}

/** For each set of transactions that cannot be put into any order: the shortest cycle of the worst kind. */
export function cyclesIn(graph: Graph): readonly Cycle[] {
  const adjacency = adjacencyOf(graph.size, graph.sources, graph.targets);
  return componentsOf(adjacency)
    .map((component) => worstCycle(component, adjacency, graph))
    .filter((cycle) => cycle !== null);
}
