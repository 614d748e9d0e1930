import fc from "fast-check";
import { expect, it } from "vitest";
import { readNumber } from "./literal.ts";
import { formatSize } from "./size.ts";

it("a size that is written is read back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (kib) => {
      expect(readNumber(formatSize(kib), "integer", "kB")).toBe(kib);
    }),
  );
});
