/** A directed graph: the edges that leave node `n` are those from `offsets[n]` to `offsets[n + 1]`, in `targets`. */
export interface Adjacency {
  readonly size: number;
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** Which of the edges given it was. */
  readonly edges: Uint32Array;
}

/** Edges by the node that they leave. */
export function adjacencyOf(size: number, sources: readonly number[], targets: readonly number[]): Adjacency {
  const offsets = new Uint32Array(size + 1);
  for (const source of sources) offsets[source + 1] = (offsets[source + 1] ?? 0) + 1;
  for (let node = 0; node < size; node++) offsets[node + 1] = (offsets[node + 1] ?? 0) + (offsets[node] ?? 0);
  const next = offsets.slice();
  const sorted = { targets: new Uint32Array(sources.length), edges: new Uint32Array(sources.length) };
  sources.forEach((source, edge) => {
    const place = next[source] ?? 0;
    next[source] = place + 1;
    sorted.targets[place] = targets[edge] ?? 0;
    sorted.edges[place] = edge;
  });
  return { size, offsets, ...sorted };
}

/**
 * Sets of nodes that all lead to each other, of two nodes or more: where every cycle is. R. Tarjan, Depth-first search and
 * linear graph algorithms, 1972; without recursion, because chains are as long as histories.
 */
export function componentsOf({ size, offsets, targets }: Adjacency): readonly (readonly number[])[] {
  const found: number[][] = [];
  const order = new Uint32Array(size);
  const low = new Uint32Array(size);
  const cursor = offsets.slice(0, size);
  const waiting: number[] = [];
  const onStack = new Uint8Array(size);
  let visited = 0;

  const enter = (node: number, path: number[]) => {
    order[node] = low[node] = ++visited;
    waiting.push(node);
    onStack[node] = 1;
    path.push(node);
  };
  const lower = (node: number, to: number) => {
    low[node] = Math.min(low[node] ?? 0, to);
  };
  const leave = (node: number, parent: number | undefined) => {
    if (parent !== undefined) lower(parent, low[node] ?? 0);
    if (low[node] !== order[node]) return;
    const component = waiting.splice(waiting.lastIndexOf(node));
    for (const member of component) onStack[member] = 0;
    if (component.length > 1) found.push(component);
  };
  const explore = (path: number[]) => {
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const edge = cursor[node] ?? 0;
      if (edge === offsets[node + 1]) {
        path.pop();
        leave(node, path.at(-1));
        continue;
      }
      cursor[node] = edge + 1;
      const target = targets[edge] ?? 0;
      if (order[target] === 0) enter(target, path);
      else if (onStack[target] === 1) lower(node, order[target] ?? 0);
    }
  };
  for (let root = 0; root < size; root++) {
    if (order[root] !== 0) continue;
    const path: number[] = [];
    enter(root, path);
    explore(path);
  }
  return found;
}
