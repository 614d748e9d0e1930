import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, it } from "vitest";
import { utf8AsLatin1 } from "./secrets.ts";

it("encoded as Latin-1, the password of Patroni's client is the UTF-8 that its server compares with", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (password) => {
      expect(Buffer.from(utf8AsLatin1(password), "latin1")).toEqual(Buffer.from(password, "utf8"));
    }),
  );
});

it("an ASCII password stays as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii" }), (password) => {
      expect(utf8AsLatin1(password)).toBe(password);
    }),
  );
});
