import { extensionNames } from "../../packages/topology/src/index.ts";
import { identifier, name, size } from "../../packages/topology/src/schema/scalars.ts";
import type { JsonSchema } from "./json-schema.ts";

/** What a text has to be, by its pattern. */
const TEXTS = new Map<string | undefined, string>([
  [name.toJSONSchema().pattern, "name"],
  [identifier.toJSONSchema().pattern, "identifier"],
  [size.toJSONSchema().pattern, "size"],
]);

const FORMATS = new Map<string | undefined, string>([
  ["ipv4", "IPv4 address"],
  ["cidrv4", "IPv4 network"],
  ["cidrv6", "IPv6 network"],
]);

/** Names too many to list at each key: the page lists them once. */
const LISTS = new Map([extensionNames("every database"), extensionNames("one database")].map((names) => [names.join(), "extension"]));

const code = (text: string): string => `\`${text}\``;

/** `a`, `a or b`, `a, b or c`; what has an `or` of its own is set apart. */
function alternatives(words: readonly string[]): string {
  const or = words.some((word) => word.includes(" or ")) ? "; or " : " or ";
  return [words.slice(0, -1).join(", "), ...words.slice(-1)].filter((part) => part !== "").join(or);
}

/** The schema writes a bound of its own where a person set none. */
function rangeOf({ minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER }: JsonSchema): string {
  if (minimum === Number.MIN_SAFE_INTEGER) return "";
  return maximum === Number.MAX_SAFE_INTEGER ? `, at least ${minimum}` : `, ${minimum} to ${maximum}`;
}

function wordsOfText({ enum: values, const: value, format, pattern }: JsonSchema): string {
  if (values !== undefined) return LISTS.get(values.join()) ?? alternatives(values.map(code));
  if (value !== undefined) return code(value);
  return FORMATS.get(format) ?? TEXTS.get(pattern) ?? "text";
}

/** What a value has to be, in words. */
export function typeWords(schema: JsonSchema): string {
  if (schema.anyOf !== undefined) return alternatives(schema.anyOf.map(typeWords));
  switch (schema.type) {
    case "string":
      return wordsOfText(schema);
    case "integer":
      return `whole number${rangeOf(schema)}`;
    case "number":
      return `number${rangeOf(schema)}`;
    case "boolean":
      return alternatives(["true", "false"].map(code));
    case "array":
      return `${(schema.minItems ?? 0) > 0 ? "non-empty list" : "list"} of ${schema.items === undefined ? "values" : typeWords(schema.items)}`;
    case "object":
      return schema.propertyNames === undefined ? "mapping" : `mapping by ${typeWords(schema.propertyNames)}`;
    default:
      return alternatives(
        Array.isArray(schema.type) ? schema.type.map((type) => (type === "string" ? "text" : String(type))) : ["anything"],
      );
  }
}

/** A default, as YAML in one line. */
export function defaultWords(value: unknown): string {
  if (typeof value === "string") return code(value);
  return code(
    JSON.stringify(value)
      .replaceAll(/"([a-z_]+)":/g, "$1: ")
      .replaceAll(",", ", ")
      .replaceAll('"', ""),
  );
}
