import { Document, isMap, type Node, type Scalar } from "yaml";

/** A reason, above the key that this path leads to. */
export interface YamlComment {
  readonly path: readonly string[];
  readonly text: string;
}

/**
 * The one place that writes YAML. PyYAML (Patroni) reads YAML 1.1 and go-yaml (etcd, compose) a mixture of 1.1 and 1.2;
 * with every string quoted, keys too, both read back what was written.
 * @throws RangeError on `undefined`, which would vanish silently, and on a comment whose key is not there
 */
export function stringifyYaml(value: unknown, comments: readonly YamlComment[] = []): string {
  refuseUndefined(value, "");
  const document = new Document(value, { aliasDuplicateObjects: false });
  for (const { path, text } of comments) keyAt(document.contents, path).commentBefore = ` ${text}`;
  return document.toString({ defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "QUOTE_DOUBLE", lineWidth: 0 });
}

function keyAt(node: unknown, [key, ...rest]: readonly string[]): Node {
  const pair = isMap<Scalar>(node) ? node.items.find((item) => item.key.value === key) : undefined;
  if (pair === undefined) throw new RangeError(`no key for a comment: ${key ?? ""}`);
  return rest.length === 0 ? pair.key : keyAt(pair.value, rest);
}

function refuseUndefined(value: unknown, path: string): void {
  if (value === undefined) throw new RangeError(`undefined at ${path === "" ? "the root" : path}`);
  if (value === null || typeof value !== "object") return;
  for (const [key, inner] of Object.entries(value)) refuseUndefined(inner, `${path}/${key}`);
}
