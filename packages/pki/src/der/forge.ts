import forge from "node-forge";

/** One ASN.1 value. `write` makes them, `read` takes them apart. Primitive contents hold one character for each byte. */
export interface Asn1 {
  readonly tagClass: number;
  readonly type: number;
  readonly constructed: boolean;
  readonly value: string | readonly Asn1[];
}

// The one door to node-forge: its ASN.1 layer, SHA-256 and text codecs. Its X.509 layer knows RSA only and its
// arithmetic would hold keys in JavaScript numbers, so neither is used: keys and signatures are the `Signer`'s.

export function create(tagClass: number, type: number, contents: string | readonly Asn1[]): Asn1 {
  return forge.asn1.create(tagClass, type, typeof contents !== "string", contents);
}

/** The DER bytes of a value. */
export function encode(value: Asn1): Uint8Array {
  return toBytes(forge.asn1.toDer(value).getBytes());
}

/**
 * The value that DER bytes hold.
 * @throws Error on anything but exactly one well-formed value
 */
export function decode(der: Uint8Array): Asn1 {
  // Bit strings stay closed: opened and written again, a public key could change its bytes.
  return forge.asn1.fromDer(fromBytes(der), { strict: true, parseAllBytes: true, decodeBitStrings: false });
}

export const fromBytes = (bytes: Uint8Array): string => forge.util.binary.raw.encode(bytes);
export const toBytes = (text: string): Uint8Array => forge.util.binary.raw.decode(text);
export const encodeOid = (oid: string): string => forge.asn1.oidToDer(oid).getBytes();
export const decodeOid = (bytes: string): string => forge.asn1.derToOid(bytes);
export const encodeUtf8 = (text: string): string => forge.util.encodeUtf8(text);
export const decodeUtf8 = (bytes: string): string => forge.util.decodeUtf8(bytes);
export const encodeBase64 = (bytes: Uint8Array): string => forge.util.binary.base64.encode(bytes);
export const decodeBase64 = (text: string): Uint8Array => forge.util.binary.base64.decode(text);

/** SHA-256 of the bytes. */
export function sha256(bytes: string): Uint8Array {
  const digest = forge.md.sha256.create();
  digest.update(bytes);
  return toBytes(digest.digest().getBytes());
}
