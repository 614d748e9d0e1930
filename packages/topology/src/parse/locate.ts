import { isAlias, isMap, isNode, isScalar, isSeq } from "yaml";
import type { Diagnostic, Finding, TopologyPath } from "../diagnostic.ts";
import type { YamlSource } from "./read-yaml.ts";

/** Turns a finding's path into the line and column where it, or its nearest ancestor, is written. */
export type Locate = (finding: Finding) => Diagnostic;

/** Offset of the key that the path names; of the nearest ancestor's key where the rest is not written. */
function offsetOf({ document }: YamlSource, path: TopologyPath): number {
  let node: unknown = document?.contents;
  let offset = 0;
  for (const step of path) {
    if (isAlias(node) && document !== undefined) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
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
  return (finding) => {
    const { line, col } = source.lineCounter.linePos(offsetOf(source, finding.path));
    return { ...finding, file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
}
