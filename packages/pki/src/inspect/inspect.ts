import { type Asn1, decode, encode } from "../der/forge.ts";
import { OID } from "../der/oids.ts";
import { decodePem } from "../der/pem.ts";
import { integerOf, isTagged, items, oidOf, textOf, timeOf } from "../der/read.ts";
import type { Subject } from "../model.ts";
import { describePublicKey, type PublicKeyFacts } from "../public-key.ts";
import { type ExtensionFacts, readExtensions } from "./extensions.ts";

/** What a certificate says. */
export interface CertificateFacts extends ExtensionFacts {
  /** The certificate itself, in DER. */
  readonly der: Uint8Array;
  readonly serial: Uint8Array;
  readonly subject: Subject;
  readonly issuer: Subject;
  /** The names in DER, to compare and to copy byte for byte. */
  readonly subjectDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
  readonly key: PublicKeyFacts;
}

/** What a certificate says, or why it cannot be read. */
export type Inspection = { readonly ok: true; readonly facts: CertificateFacts } | { readonly ok: false; readonly problem: string };

/**
 * Reads the first certificate of a PEM text, or says why it cannot. Signatures are not checked.
 */
export function inspect(pem: string): Inspection {
  const [der] = decodePem("CERTIFICATE", pem);
  return der === undefined ? { ok: false, problem: "it holds no PEM certificate" } : inspectDer(der);
}

/** Reads every certificate of a PEM text, in its order. */
export function inspectAll(pem: string): Inspection[] {
  return decodePem("CERTIFICATE", pem).map(inspectDer);
}

function inspectDer(der: Uint8Array): Inspection {
  try {
    return { ok: true, facts: { der, ...readCertificate(decode(der)) } };
  } catch (error) {
    return { ok: false, problem: `it is no X.509 certificate (${error instanceof Error ? error.message : String(error)})` };
  }
}

function readCertificate(certificate: Asn1): Omit<CertificateFacts, "der"> {
  const [toBeSigned] = items(certificate);
  const all = items(toBeSigned);
  // Version 1 leaves its number out.
  const [serial, , issuer, validity, subject, publicKey, ...optional] = isTagged(all[0], 0) ? all.slice(1) : all;
  const [notBefore, notAfter] = items(validity);
  if (subject === undefined || issuer === undefined || publicKey === undefined) throw new RangeError("parts are missing");
  const publicKeyDer = encode(publicKey);
  return {
    serial: integerOf(serial),
    subject: readSubject(subject),
    issuer: readSubject(issuer),
    subjectDer: encode(subject),
    issuerDer: encode(issuer),
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    publicKey: publicKeyDer,
    key: describePublicKey(publicKeyDer),
    ...readExtensions(optional.find((part) => isTagged(part, 3))),
  };
}

function readSubject(name: Asn1): Subject {
  const parts = items(name).flatMap(items).map(items);
  const find = (id: string): string | null => {
    const part = parts.find(([type]) => oidOf(type) === id);
    return part === undefined ? null : textOf(part[1]);
  };
  return { organization: find(OID.organization), commonName: find(OID.commonName) };
}
