import { HOSTILE_STRINGS, printableText } from "@matriarch/topology/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quote, quoteAll } from "./quote.ts";
import { wordsOfLine } from "./testing/grammar.ts";

describe("quote", () => {
  it.each(HOSTILE_STRINGS.map((text) => [text]))("makes one word of %j, which HAProxy reads back", (text) => {
    expect(wordsOfLine(`user a insecure-password ${quote(text)} # end`)).toEqual(["user", "a", "insecure-password", text]);
  });

  it("makes one word of any printable text, also of none, wherever it stands in a line", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(printableText, fc.constant(""))), (texts) => {
        expect(wordsOfLine(texts.map(quote).join(" "))).toEqual(texts);
      }),
    );
  });

  it("leaves words alone that mean nothing special, so that a person can read them", () => {
    for (const word of ["172.28.1.14:5432", "/replica?lag=16777216", "ECDHE+AESGCM:ECDHE+CHACHA20", "127.0.0.0/8"])
      expect(quote(word)).toBe(word);
  });

  it.each(["a\nb", "a\rb", "a\0b", "\u007F", "\u2028", "\uD800"])("refuses %j, which no line can hold", (text) => {
    expect(() => quote(text)).toThrow(RangeError);
  });
});

it("quoteAll quotes every string, however deep, and leaves the rest", () => {
  expect(quoteAll({ a: "x y", b: [1, true, "$HOME", { c: "#" }], d: null })).toEqual({
    a: "'x y'",
    b: [1, true, "'$HOME'", { c: "'#'" }],
    d: null,
  });
});
