import { describe, expect, test } from "vitest";
import { topologyJsonSchema } from "../../packages/topology/src/index.ts";
import type { JsonSchema } from "./json-schema.ts";
import { formatReference } from "./reference.ts";
import { rowsBelow } from "./rows.ts";
import { defaultWords, typeWords } from "./words.ts";

const SCHEMA: JsonSchema = topologyJsonSchema();

test("docs/topology-reference.md is that of the schema", async () => {
  await expect(formatReference(SCHEMA)).toMatchFileSnapshot("../../docs/topology-reference.md");
});

test("every key is in it, also those of a short form's long one, with a meaning", () => {
  const keys = rowsBelow("", SCHEMA).map(({ key }) => key);
  expect(keys).toEqual(
    expect.arrayContaining([
      "cluster",
      "nodes.<name>.publish.rw",
      "timing.ttl",
      "tls.ca.key",
      "roles.<name>.from",
      "parameters.etcd.<name>",
    ]),
  );
  const names = [...JSON.stringify(SCHEMA).matchAll(/"([a-z_]+)":\{"(?:default|description|type|anyOf|minItems)"/g)].map(
    ([, name]) => name,
  );
  const written = new Set(keys.flatMap((key) => key.split(".")));
  const structural = new Set(["items", "properties", "propertyNames", "additionalProperties"]);
  expect(names.filter((name) => name !== undefined && !structural.has(name) && !written.has(name))).toEqual([]);
  expect(names.length).toBeGreaterThan(50);
  expect(rowsBelow("", SCHEMA).filter(({ meaning }) => meaning === "")).toEqual([]);
});

describe("in words", () => {
  test.each<[string, JsonSchema]>([
    ["whole number, 1 to 3", { type: "integer", minimum: 1, maximum: 3 }],
    ["whole number", { type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }],
    ["whole number, at least 1", { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER }],
    ["`a`, `b` or `c`", { type: "string", enum: ["a", "b", "c"] }],
    [
      "`own` or mapping",
      {
        anyOf: [
          { type: "string", const: "own" },
          { type: "object", properties: {} },
        ],
      },
    ],
    ["non-empty list of IPv4 network", { type: "array", minItems: 1, items: { type: "string", format: "cidrv4" } }],
    [
      "`a` or `b`; or mapping",
      {
        anyOf: [
          { type: "string", enum: ["a", "b"] },
          { type: "object", properties: {} },
        ],
      },
    ],
    ["mapping by name", { type: "object", propertyNames: { type: "string", pattern: "^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$" } }],
    ["text, number or boolean", { type: ["string", "number", "boolean"] }],
  ])("%s", (words, schema) => {
    expect(typeWords(schema)).toBe(words);
  });

  test.each([
    ["`fast`", "fast"],
    ["`17`", 17],
    ["`[0.0.0.0/0, ::/0]`", ["0.0.0.0/0", "::/0"]],
    ["`{app: {writers: [], readers: []}}`", { app: { writers: [], readers: [] } }],
  ])("%s is a default", (words, value) => {
    expect(defaultWords(value)).toBe(words);
  });
});
