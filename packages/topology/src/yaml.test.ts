import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { HOSTILE_STRINGS, printableText } from "./testing/index.ts";
import { stringifyYaml } from "./yaml.ts";

const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(printableText, fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(printableText, tie("any"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).any;

test.each(["1.1", "1.2"] as const)("a reader of YAML %s gets back what was written, keys included", (version) => {
  fc.assert(
    fc.property(value, (written) => {
      expect(parse(stringifyYaml(written), { version })).toEqual(written);
    }),
  );
});

test("hostile strings stand as PyYAML and go-yaml read them: every one was read back by both", async () => {
  const text = stringifyYaml({ values: HOSTILE_STRINGS, keys: Object.fromEntries(HOSTILE_STRINGS.map((key, index) => [key, index])) });
  await expect(text).toMatchFileSnapshot("../fixtures/yaml/hostile.yaml");
});

test("long text stays on its line, and the same object twice is written twice", () => {
  const shared = { a: 1 };
  expect(stringifyYaml([`${"word ".repeat(100)}end`]).split("\n")).toHaveLength(2);
  expect(stringifyYaml([shared, shared])).toBe('- "a": 1\n- "a": 1\n');
});

test("undefined is refused, with its place", () => {
  expect(() => stringifyYaml({ a: [{ b: undefined }] })).toThrow("undefined at /a/0/b");
});
