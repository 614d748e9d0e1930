import type { TopologyPath } from "../diagnostic.ts";
import { topologyJsonSchema } from "../schema/schema.ts";

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
}

function step(schema: JsonSchema, key: string): JsonSchema | undefined {
  for (const candidate of [schema, ...(schema.anyOf ?? [])]) {
    const property = candidate.properties?.[key] ?? candidate.additionalProperties;
    if (typeof property === "object") return property;
  }
  return undefined;
}

/** The keys that the schema knows in the mapping at this path, sorted. */
export function knownKeysAt(path: TopologyPath): string[] {
  let schema: JsonSchema | undefined = topologyJsonSchema();
  for (const key of path) schema = schema && step(schema, String(key));
  const branches = schema === undefined ? [] : [schema, ...(schema.anyOf ?? [])];
  return branches.flatMap((branch) => Object.keys(branch.properties ?? {})).sort();
}
