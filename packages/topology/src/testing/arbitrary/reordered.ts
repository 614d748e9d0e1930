import fc from "fast-check";
import { stringify } from "yaml";
import { validTopology } from "./topology.ts";

/** Order counts among nodes (addresses and ports are counted up in it) and databases (the first one leads); keys only mean. */
const ORDERED = ["nodes", "databases"];

/** The same mappings, with their keys in the order of some numbers. */
function reordered(value: unknown, ranks: readonly number[], name = ""): unknown {
  if (Array.isArray(value)) return value.map((inner: unknown) => reordered(inner, ranks));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, inner], index) => ({
    key,
    inner: reordered(inner, ranks, key),
    rank: ranks[index % ranks.length] ?? 0,
  }));
  const sorted = ORDERED.includes(name) ? entries : entries.toSorted((a, b) => a.rank - b.rank);
  return Object.fromEntries(sorted.map(({ key, inner }) => [key, inner]));
}

/** A valid topology written twice, with its keys in another order where order carries no meaning. */
export const writtenTwice: fc.Arbitrary<readonly [string, string]> = fc
  .tuple(validTopology, fc.array(fc.nat(), { minLength: 5, maxLength: 20 }))
  .map(([topology, ranks]) => [stringify(topology), stringify(reordered(topology, ranks))]);
