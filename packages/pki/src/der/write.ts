import { type Asn1, create, encodeOid, encodeUtf8, fromBytes } from "./forge.ts";
import { CLASS, TAG } from "./tags.ts";

const universal = (type: number, contents: string | readonly Asn1[]): Asn1 => create(CLASS.universal, type, contents);

export const sequence = (...items: readonly Asn1[]): Asn1 => universal(TAG.sequence, items);
export const set = (...items: readonly Asn1[]): Asn1 => universal(TAG.set, items);
export const nothing = (): Asn1 => universal(TAG.nothing, "");
export const yes = (): Asn1 => universal(TAG.boolean, "\xff");
export const oid = (dotted: string): Asn1 => universal(TAG.oid, encodeOid(dotted));
export const utf8 = (text: string): Asn1 => universal(TAG.utf8String, encodeUtf8(text));
export const octetString = (bytes: Uint8Array): Asn1 => universal(TAG.octetString, fromBytes(bytes));

/** An integer from its big-endian two's complement. */
export const integer = (...bytes: readonly number[]): Asn1 => universal(TAG.integer, String.fromCharCode(...bytes));

export const bitString = (bytes: Uint8Array, unusedBits = 0): Asn1 =>
  universal(TAG.bitString, String.fromCharCode(unusedBits) + fromBytes(bytes));

/** Named bits as DER wants them: without the trailing zeros. */
export function namedBits(bits: readonly number[]): Asn1 {
  const last = Math.max(...bits);
  const bytes = new Uint8Array(Math.floor(last / 8) + 1);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return bitString(bytes, 7 - (last & 7));
}

/** A context-specific tag around values (explicit) or in the place of a primitive's own tag (implicit). */
export const tagged = (number: number, contents: string | readonly Asn1[]): Asn1 => create(CLASS.context, number, contents);

/** A point in time, in milliseconds since 1970; RFC 5280 wants two-digit years until 2049 and four from 2050 on. */
export function time(at: number): Asn1 {
  const digits = new Date(at).toISOString().replace(/\.\d+/, "").replaceAll(/[-:T]/g, "");
  return digits < "2050" ? universal(TAG.utcTime, digits.slice(2)) : universal(TAG.generalizedTime, digits);
}
