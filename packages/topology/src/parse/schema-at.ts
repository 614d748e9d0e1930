import type { TopologyPath } from "../diagnostic.ts";
import { topologyJsonSchema } from "../schema/schema.ts";

interface JsonSchema {
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

let root: JsonSchema | undefined;

function withBranches(schema: JsonSchema): JsonSchema[] {
  return [schema, ...(schema.anyOf ?? []).flatMap(withBranches)];
}

function step(schema: JsonSchema, key: string | number): JsonSchema | undefined {
  if (typeof key === "number") return schema.items;
  if (schema.properties !== undefined && Object.hasOwn(schema.properties, key)) return schema.properties[key];
  return typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined;
}

/** Every branch of the schema that speaks about the value at this path. Made once: it is needed for messages only. */
function schemasAt(path: TopologyPath): JsonSchema[] {
  root ??= topologyJsonSchema();
  let schemas = withBranches(root);
  for (const key of path) schemas = schemas.flatMap((schema) => step(schema, key) ?? []).flatMap(withBranches);
  return schemas;
}

/** The keys that the schema knows in the mapping at this path, sorted. */
export function knownKeysAt(path: TopologyPath): string[] {
  return schemasAt(path)
    .flatMap((schema) => Object.keys(schema.properties ?? {}))
    .toSorted();
}

/** What the schema says about the value at this path, as a sentence; `undefined` when it says nothing. */
export function descriptionAt(path: TopologyPath): string | undefined {
  return schemasAt(path).find((schema) => schema.description !== undefined)?.description;
}

/** The key of the mapping at this path whose value may be that word: `mode`, of `replication: synchronous`. */
export function keyTaking(path: TopologyPath, word: string): string | undefined {
  return knownKeysAt(path).find((key) => schemasAt([...path, key]).some((schema) => schema.enum?.includes(word)));
}
