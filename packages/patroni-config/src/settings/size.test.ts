import fc from "fast-check";
import { expect, it } from "vitest";
import { formatSize, parseSize } from "./size.ts";

it("a size that is written is read back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (kib) => {
      expect(parseSize(formatSize(kib), "MB")).toBe(kib);
    }),
  );
});

it("a number without a unit counts what the parameter counts", () => {
  expect(parseSize(1024, "kB")).toBe(1024);
  expect(parseSize("16384", "8kB")).toBe(131_072);
  expect(parseSize(64, "MB")).toBe(65_536);
});

it.each(["512Mb", "1 GiB", "lots", "-1", ""])("%j is no size to PostgreSQL", (text) => {
  expect(parseSize(text, "kB")).toBeUndefined();
});
