import { isAlias, isMap, isNode, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import type { Diagnostic, Finding, TopologyPath } from "../diagnostic.ts";
import type { YamlSource } from "./read-yaml.ts";

/** Turns a finding's path into the line and column where it, or its nearest ancestor, is written. */
export type Locate = (finding: Finding) => Diagnostic;

/** The pairs of each mapping by key, made once for each: a file may give thousands of findings about one mapping. */
class PairIndex {
  readonly #pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

  pairOf(map: YAMLMap, key: string): Pair | undefined {
    const known = this.#pairs.get(map);
    if (known !== undefined) return known.get(key);
    const pairs = new Map<string, Pair>();
    for (const item of map.items) {
      if (!isScalar(item.key)) continue;
      const name = String(item.key.value);
      if (!pairs.has(name)) pairs.set(name, item);
    }
    this.#pairs.set(map, pairs);
    return pairs.get(key);
  }
}

/** Offset of the key that the path names; of the nearest ancestor's key where the rest is not written. */
function offsetOf({ document }: YamlSource, path: TopologyPath, index: PairIndex): number {
  let node: unknown = document?.contents;
  let offset = 0;
  for (const step of path) {
    if (isAlias(node) && document !== undefined) node = node.resolve(document);
    if (isMap(node)) {
      const pair = index.pairOf(node, String(step));
      if (pair === undefined || !isNode(pair.key)) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === "number") {
      const item = node.items[step];
      if (!isNode(item)) return offset;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else {
      return offset;
    }
  }
  return offset;
}

export function locatorOf(source: YamlSource, file: string): Locate {
  const index = new PairIndex();
  return (finding) => {
    const { line, col } = source.lineCounter.linePos(offsetOf(source, finding.path, index));
    return { ...finding, file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
}
