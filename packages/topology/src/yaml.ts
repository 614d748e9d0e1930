import { stringify } from "yaml";

/**
 * The one place that writes YAML. PyYAML (Patroni) reads YAML 1.1 and go-yaml (etcd, compose) a mixture of 1.1 and 1.2;
 * with every string quoted, keys too, both read back what was written.
 * @throws RangeError on `undefined`, which would vanish silently
 */
export function stringifyYaml(value: unknown): string {
  refuseUndefined(value, "");
  return stringify(value, {
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "QUOTE_DOUBLE",
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}

function refuseUndefined(value: unknown, path: string): void {
  if (value === undefined) throw new RangeError(`undefined at ${path === "" ? "the root" : path}`);
  if (value === null || typeof value !== "object") return;
  for (const [key, inner] of Object.entries(value)) refuseUndefined(inner, `${path}/${key}`);
}
