import { type Asn1, decodeOid, decodeUtf8, toBytes } from "./forge.ts";
import { CLASS, TAG } from "./tags.ts";

// Everything here throws a RangeError on a value of another kind; `inspect` turns that into a result.

/** The values inside a constructed one. */
export function items(node: Asn1 | undefined): readonly Asn1[] {
  if (node === undefined || typeof node.value === "string") throw new RangeError("not a constructed value");
  return node.value;
}

/** The contents of a primitive value, one character for each byte. */
export function contents(node: Asn1 | undefined): string {
  if (node === undefined || typeof node.value !== "string") throw new RangeError("not a primitive value");
  return node.value;
}

export const bytesOf = (node: Asn1 | undefined): Uint8Array => toBytes(contents(node));

export const isTagged = (node: Asn1 | undefined, number: number): boolean => node?.tagClass === CLASS.context && node.type === number;
export const isUniversal = (node: Asn1 | undefined, type: number): boolean => node?.tagClass === CLASS.universal && node.type === type;

function universal(node: Asn1 | undefined, type: number): string {
  if (!isUniversal(node, type)) throw new RangeError(`not a value of type ${type}`);
  return contents(node);
}

export const oidOf = (node: Asn1 | undefined): string => decodeOid(universal(node, TAG.oid));
export const octetsOf = (node: Asn1 | undefined): Uint8Array => toBytes(universal(node, TAG.octetString));
export const integerOf = (node: Asn1 | undefined): Uint8Array => toBytes(universal(node, TAG.integer));
export const isYes = (node: Asn1 | undefined): boolean => isUniversal(node, TAG.boolean) && contents(node) === "\xff";

/** Contents of a bit string, without the byte that counts the unused bits. */
export const bitsOf = (node: Asn1 | undefined): string => universal(node, TAG.bitString).slice(1);

/** The numbers of the bits that are set. */
export function namedBitsOf(node: Asn1 | undefined): number[] {
  return [...toBytes(bitsOf(node))].flatMap((byte, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (0x80 >> bit)).map((bit) => index * 8 + bit),
  );
}

/** The text of a name's part; the older string types are read as Latin-1. */
export function textOf(node: Asn1 | undefined): string {
  return isUniversal(node, TAG.utf8String) ? decodeUtf8(contents(node)) : contents(node);
}

/** Milliseconds since 1970. */
export function timeOf(node: Asn1 | undefined): number {
  const text = isUniversal(node, TAG.utcTime) ? centuryOf(contents(node)) + contents(node) : universal(node, TAG.generalizedTime);
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const at = match === null ? Number.NaN : Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`);
  if (Number.isNaN(at)) throw new RangeError(`not a time: ${text}`);
  return at;
}

/** Two-digit years below 50 are of this century (RFC 5280, 4.1.2.5.1). */
const centuryOf = (utcTime: string): string => (utcTime < "50" ? "20" : "19");
