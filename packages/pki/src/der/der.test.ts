import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, encode, toBytes } from "./forge.ts";
import { decodePem, encodePem } from "./pem.ts";
import { bitsOf, bytesOf, items, namedBitsOf, octetsOf, oidOf, textOf, timeOf } from "./read.ts";
import { bitString, integer, namedBits, nothing, octetString, oid, sequence, tagged, time, utf8, yes } from "./write.ts";
import { hex } from "./bytes.ts";

const bytes = fc.uint8Array({ maxLength: 300 });
const again = (value: Parameters<typeof encode>[0]) => decode(encode(value));

describe("what is written in DER reads back", () => {
  it("text, also beyond ASCII", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(textOf(again(utf8(text)))).toBe(text);
      }),
    );
  });

  it("bytes, in octet strings and bit strings", () => {
    fc.assert(
      fc.property(bytes, (content) => {
        expect(octetsOf(again(octetString(content)))).toEqual(content);
        expect(toBytes(bitsOf(again(bitString(content))))).toEqual(content);
      }),
    );
  });

  it("named bits", () => {
    const bits = fc.uniqueArray(fc.nat(15), { minLength: 1 });
    fc.assert(
      fc.property(bits, (set) => {
        expect(namedBitsOf(again(namedBits(set)))).toEqual(set.toSorted((a, b) => a - b));
      }),
    );
  });

  it("object identifiers", () => {
    const dotted = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 8 }).map((arcs) => ["1.2", ...arcs].join("."));
    fc.assert(
      fc.property(dotted, (id) => {
        expect(oidOf(again(oid(id)))).toBe(id);
      }),
    );
  });

  it("times to the second, from 1970 to 2199", () => {
    const seconds = fc.integer({ min: 0, max: Date.UTC(2199, 11, 31) / 1000 });
    fc.assert(
      fc.property(seconds, (second) => {
        expect(timeOf(again(time(second * 1000)))).toBe(second * 1000);
      }),
    );
  });

  it("nested values of any length", () => {
    fc.assert(
      fc.property(bytes, (content) => {
        const [inner] = items(items(again(sequence(tagged(0, [octetString(content)]))))[0]);
        expect(octetsOf(inner)).toEqual(content);
      }),
    );
  });
});

describe("DER", () => {
  it.each([
    ["true", yes(), "0101ff"],
    ["null", nothing(), "0500"],
    ["zero", integer(0), "020100"],
    ["keyCertSign and cRLSign, without trailing zeros", namedBits([5, 6]), "03020106"],
    ["digitalSignature", namedBits([0]), "03020780"],
    [
      "the last second of two-digit years",
      time(Date.UTC(2049, 11, 31, 23, 59, 59)),
      `170d${hex(new TextEncoder().encode("491231235959Z"))}`,
    ],
    ["the first second of four-digit years", time(Date.UTC(2050, 0, 1)), `180f${hex(new TextEncoder().encode("20500101000000Z"))}`],
  ])("of %s is as X.690 and RFC 5280 want it", (_, value, expected) => {
    expect(hex(encode(value))).toBe(expected);
  });

  it("reads two-digit years from 50 on as of the last century", () => {
    expect(timeOf(decode(new Uint8Array([0x17, 13, ...new TextEncoder().encode("991231235959Z")])))).toBe(
      Date.UTC(1999, 11, 31, 23, 59, 59),
    );
  });

  it.each([
    ["", "Too few bytes"],
    ["3001", "Too few bytes"],
    ["0500ff", "Unparsed DER bytes remain"],
    ["30800500", "Too few bytes"],
  ])("refuses the bytes %j", (digits, reason) => {
    expect(() => decode(Buffer.from(digits, "hex"))).toThrow(reason);
  });

  it("refuses to read a value as another kind", () => {
    expect(() => oidOf(nothing())).toThrow(RangeError);
    expect(() => items(nothing())).toThrow(RangeError);
    expect(() => bytesOf(sequence())).toThrow(RangeError);
    expect(() => timeOf(utf8("491231235959Z"))).toThrow(RangeError);
  });
});

describe("PEM", () => {
  it("reads back what it wrote, in lines of 64 that end in LF", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 3 }), (blocks) => {
        const text = blocks.map((block) => encodePem("CERTIFICATE", block)).join("some text\n");
        expect(decodePem("CERTIFICATE", text)).toEqual(blocks);
        expect(decodePem("PUBLIC KEY", text)).toEqual([]);
        expect(text).not.toContain("\r");
        expect(Math.max(0, ...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(64);
      }),
    );
  });

  it("reads text with CRLF and without an end of line", () => {
    const text = encodePem("CERTIFICATE", new Uint8Array([1, 2, 3]));
    expect(decodePem("CERTIFICATE", text.replaceAll("\n", "\r\n").trimEnd())).toEqual([new Uint8Array([1, 2, 3])]);
  });
});
