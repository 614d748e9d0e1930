import type { JsonSchema } from "./json-schema.ts";
import { defaultWords, typeWords } from "./words.ts";

/** A key of the topology. */
export interface Row {
  /** From the root, with dots; `<name>` stands for a name that the writer chooses. */
  readonly key: string;
  readonly type: string;
  /** Empty where there is none, or where it is computed: the meaning says how. */
  readonly default: string;
  readonly required: boolean;
  readonly meaning: string;
}

/** The same value may be written in short or in full: the forms that have keys of their own. */
function formsOf(schema: JsonSchema): readonly JsonSchema[] {
  return schema.anyOf ?? [schema];
}

function rowOf(key: string, schema: JsonSchema, required: boolean): Row {
  const isEmpty = JSON.stringify(schema.default) === "{}";
  return {
    key,
    type: typeWords(schema),
    default: schema.default === undefined || isEmpty ? "" : defaultWords(schema.default),
    required,
    meaning: schema.description ?? "",
  };
}

function rowsOf(key: string, schema: JsonSchema, required: boolean): Row[] {
  return [rowOf(key, schema, required), ...formsOf(schema).flatMap((form) => rowsBelow(key, form))];
}

/** The keys inside a mapping, in their order; none for anything else. */
export function rowsBelow(key: string, schema: JsonSchema): Row[] {
  const prefix = key === "" ? "" : `${key}.`;
  const named = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
    rowsOf(`${prefix}${name}`, inner, schema.required?.includes(name) ?? false),
  );
  const any = schema.additionalProperties;
  return any === undefined || any === false ? named : [...named, ...rowsOf(`${prefix}<name>`, any, false)];
}
