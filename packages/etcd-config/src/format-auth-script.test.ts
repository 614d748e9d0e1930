import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { quoteShell } from "./format-auth-script.ts";

it("any text without NUL reaches a command as the one word that it is", () => {
  const words = fc.array(
    fc.string({ unit: "binary" }).filter((text) => !text.includes("\0")),
    { minLength: 1, maxLength: 50 },
  );
  fc.assert(
    fc.property(words, (texts) => {
      const printed = execFileSync("sh", ["-c", `printf '%s\\0' ${texts.map(quoteShell).join(" ")}`]).toString();
      expect(printed).toBe(texts.map((text) => `${text}\0`).join(""));
    }),
    { numRuns: 20 },
  );
});
