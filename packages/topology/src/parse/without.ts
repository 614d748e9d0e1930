import type { TopologyPath } from "../diagnostic.ts";

function isContainer(value: unknown): value is Record<string | number, unknown> {
  return typeof value === "object" && value !== null;
}

/** A copy of the data without the values at these paths; a path that leads nowhere takes nothing away. */
export function without(data: unknown, paths: readonly TopologyPath[]): unknown {
  if (!isContainer(data) || paths.length === 0) return data;
  const gone = new Set(paths.filter((path) => path.length === 1).map(([key]) => String(key)));
  const below = (key: string) => paths.filter((path) => path.length > 1 && String(path[0]) === key).map((path) => path.slice(1));
  const kept = Object.entries(data).flatMap(([key, value]): [string, unknown][] =>
    gone.has(key) ? [] : [[key, without(value, below(key))]],
  );
  return Array.isArray(data) ? kept.map(([, value]) => value) : Object.fromEntries(kept);
}
