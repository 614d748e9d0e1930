import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { quoteShell } from "./format-auth-script.ts";

it("any text without NUL reaches a command as the one word that it is", () => {
  // A sample instead of a property: starting a shell for each text would take the time of all other tests.
  const texts = fc.sample(
    fc.string({ unit: "binary" }).filter((text) => !text.includes("\0")),
    500,
  );
  const printed = execFileSync("sh", ["-c", `printf '%s\\0' ${texts.map(quoteShell).join(" ")}`]).toString();
  expect(printed.split("\0").slice(0, -1)).toEqual(texts);
});
