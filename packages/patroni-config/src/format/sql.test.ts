import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteIdentifier, quoteLiteral, quoteRoles } from "./sql.ts";

/** Reads the text between two quotes as PostgreSQL does with standard_conforming_strings; fails when it ends early. */
function readQuoted(text: string, quote: string): string {
  let value = "";
  let at = 1;
  for (; at < text.length; at += 1) {
    if (text[at] !== quote) value += text[at];
    else if (text[at + 1] === quote) {
      value += quote;
      at += 1;
    } else break;
  }
  if (text[0] !== quote || at !== text.length - 1) throw new Error(`not one quoted text: ${text}`);
  return value;
}

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom("'", '"', "\\", ":", ";", "-", "$", "%", " "),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
  ),
});

describe("any text", () => {
  it("is one string constant", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readQuoted(quoteLiteral(text), "'")).toBe(text);
      }),
    );
  });

  it("is one identifier", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readQuoted(quoteIdentifier(text), '"')).toBe(text);
      }),
    );
  });
});

it("roles stand in a list", () => {
  expect(quoteRoles(["a", "user"])).toBe('"a", "user"');
});
