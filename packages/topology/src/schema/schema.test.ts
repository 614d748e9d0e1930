import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { EXAMPLE_NAMES, exampleText } from "../testing/index.ts";
import { topologyJsonSchema, topologySchema } from "./schema.ts";

const json = topologyJsonSchema();

test("the published JSON Schema is that of the code (`compose-gen schema` prints it)", () => {
  const published: unknown = JSON.parse(readFileSync(new URL("../../topology.schema.json", import.meta.url), "utf8"));
  expect(published).toEqual(json);
});

test.each(EXAMPLE_NAMES)("the JSON Schema accepts %s", (name) => {
  expect(z.fromJSONSchema(json).safeParse(parse(exampleText(name))).error).toBeUndefined();
});

test("the JSON Schema refuses what the code refuses", () => {
  expect(z.fromJSONSchema(json).safeParse({ cluster: "x", nodes: {}, nods: {} }).success).toBe(false);
});

test("every key says what it means", () => {
  const mute: string[] = [];
  const visit = (schema: z.core.JSONSchema.BaseSchema, path: string) => {
    for (const [key, inner] of Object.entries(schema.properties ?? {})) {
      if (typeof inner === "boolean") continue;
      if (inner.description === undefined) mute.push(`${path}.${key}`);
      visit(inner, `${path}.${key}`);
    }
    for (const inner of [schema.additionalProperties, ...(schema.anyOf ?? [])]) if (typeof inner === "object") visit(inner, path);
  };
  visit(json, "");
  expect(mute).toEqual([]);
});

test("a topology that was accepted is accepted again, and is the same", () => {
  const once = topologySchema.parse(parse(exampleText("failsafe-quorum")));
  expect(topologySchema.parse(once)).toEqual(once);
});
