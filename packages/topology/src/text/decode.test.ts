import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeUtf8, findStrayByte } from "./decode.ts";

test("UTF-8 is decoded as it was written", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const decoded = decodeUtf8(Buffer.from(text, "utf8"));
      expect(decoded).toBe(text);
      expect(findStrayByte(decoded)).toBe(-1);
    }),
  );
});

test("bytes that another decoder refuses are found, and none else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      const decoded = decodeUtf8(bytes);
      let accepted: string | undefined;
      try {
        accepted = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      } catch {
        accepted = undefined;
      }
      expect(findStrayByte(decoded) === -1).toBe(accepted !== undefined);
      if (accepted !== undefined) expect(decoded).toBe(accepted);
    }),
  );
});

test.each([
  ["Latin-1", [0x41, 0xe9, 0x42], 1],
  ["a character that is cut off", [0x41, 0xe4, 0xb8], 1],
  ["an overlong form", [0xc0, 0xaf], 0],
  ["half of a surrogate pair", [0xed, 0xa0, 0x80], 0],
  ["the byte order mark of UTF-16", [0xff, 0xfe, 0x41, 0x00], 0],
])("%s is found where it stands", (_, bytes, offset) => {
  expect(findStrayByte(decodeUtf8(Uint8Array.from(bytes)))).toBe(offset);
});
