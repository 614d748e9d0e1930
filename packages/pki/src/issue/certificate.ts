import { type Asn1, decode, encode } from "../der/forge.ts";
import { OID } from "../der/oids.ts";
import { encodePem } from "../der/pem.ts";
import { bitString, integer, nothing, oid, sequence, set, tagged, time, utf8 } from "../der/write.ts";
import type { Subject } from "../model.ts";
import { describePublicKey } from "../public-key.ts";
import type { Signer } from "../signer.ts";

/** What signs: a private key and the public one that belongs to it. */
export interface SigningKey {
  readonly privateKeyPem: string;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
}

/** The parts of a certificate that differ from one to the next. */
export interface CertificateContent {
  /** Name in DER. */
  readonly issuer: Uint8Array;
  /** Name in DER. */
  readonly subject: Uint8Array;
  /** Milliseconds since 1970; the second is what is written. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
  readonly extensions: readonly Asn1[];
}

const VERSION_3 = 2;
const SERIAL_BYTES = 16;

/** A distinguished name in DER: organization, then common name. */
export function encodeSubject({ organization, commonName }: Subject): Uint8Array {
  const part = (id: string, text: string | null): Asn1[] => (text === null ? [] : [set(sequence(oid(id), utf8(text)))]);
  return encode(sequence(...part(OID.organization, organization), ...part(OID.commonName, commonName)));
}

/**
 * Assembles a certificate, has it signed with SHA-256 and returns it in PEM.
 * @throws RangeError when the signing key is neither EC nor RSA
 */
export function signCertificate(content: CertificateContent, key: SigningKey, signer: Signer): string {
  const algorithm = signatureAlgorithm(key.publicKey);
  const toBeSigned = sequence(
    tagged(0, [integer(VERSION_3)]),
    serialNumber(signer),
    algorithm,
    decode(content.issuer),
    sequence(time(content.notBefore), time(content.notAfter)),
    decode(content.subject),
    decode(content.publicKey),
    tagged(3, [sequence(...content.extensions)]),
  );
  const signature = signer.sign(key.privateKeyPem, encode(toBeSigned));
  return encodePem("CERTIFICATE", encode(sequence(toBeSigned, algorithm, bitString(signature))));
}

function signatureAlgorithm(publicKey: Uint8Array): Asn1 {
  const { algorithm, type } = describePublicKey(publicKey);
  switch (algorithm) {
    case "ecdsa":
      return sequence(oid(OID.ecdsaSha256));
    case "rsa":
      return sequence(oid(OID.rsaSha256), nothing());
    case "other":
      throw new RangeError(`cannot sign with a key of type ${type}`);
  }
}

/** 16 random bytes; the upper two bits are set to 01, so that the number is positive and always as long. */
function serialNumber(signer: Signer): Asn1 {
  const [first = 0, ...rest] = signer.randomBytes(SERIAL_BYTES);
  return integer((first & 0x3f) | 0x40, ...rest);
}
