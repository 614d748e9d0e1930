import fc from "fast-check";
import { expect, test } from "vitest";
import { formatTable, wrap } from "./table.ts";

test("columns are aligned two spaces apart, without trailing spaces", () => {
  expect(
    formatTable(
      [
        ["a", "bb", ""],
        ["ccc", "d", "e"],
      ],
      [],
    ),
  ).toEqual(["a    bb", "ccc  d   e"]);
});

test("a cell that is too wide goes on below, beside its neighbours", () => {
  expect(formatTable([["one two three", "x"]], [8])).toEqual(["one two  x", "three"]);
});

test("no word is lost by wrapping, and a line is too long only where a word is", () => {
  const word = fc.stringMatching(/^[a-z]{1,12}$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 1, max: 30 }), (words, width) => {
      const lines = wrap(words.join(" "), width);
      expect(lines.join(" ")).toBe(words.join(" "));
      for (const line of lines) expect(line.length <= width || !line.includes(" ")).toBe(true);
    }),
  );
});
