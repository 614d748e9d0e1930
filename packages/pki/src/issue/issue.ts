import { DAY } from "../calendar.ts";
import type { KeyUsage } from "../der/oids.ts";
import type { AuthorityRequest, LeafRequest, Use } from "../model.ts";
import { describePublicKey } from "../public-key.ts";
import type { Signer } from "../signer.ts";
import { encodeSubject, signCertificate, type SigningKey } from "./certificate.ts";
import {
  alternativeNames,
  authorityConstraints,
  authorityKeyId,
  extendedKeyUsage,
  keyUsage,
  leafConstraints,
  subjectKeyId,
} from "./extensions.ts";

/** An authority as a leaf needs it. */
export interface Issuer extends SigningKey {
  /** Its name in DER, byte for byte as in its own certificate. */
  readonly subject: Uint8Array;
  /** Its subject key id. */
  readonly keyId: Uint8Array;
  /** Milliseconds since 1970. */
  readonly notAfter: number;
}

/** Clocks of the nodes may be behind that of the machine that issues; a certificate from the future is refused. */
const CLOCK_SKEW = 5 * 60 * 1000;

export const AUTHORITY_KEY_USAGE: readonly KeyUsage[] = ["keyCertSign", "cRLSign"];

/** A server with an RSA key may be asked to decrypt by TLS 1.2's older suites; every other use is signing. */
export function leafKeyUsage(uses: readonly Use[], publicKey: Uint8Array): readonly KeyUsage[] {
  const decrypts = uses.includes("server") && describePublicKey(publicKey).algorithm === "rsa";
  return decrypts ? ["digitalSignature", "keyEncipherment"] : ["digitalSignature"];
}

/**
 * A self-signed authority, in PEM.
 * @param lifetime days from `now`
 * @param now milliseconds since 1970
 */
export function issueAuthority(request: AuthorityRequest, key: SigningKey, lifetime: number, now: number, signer: Signer): string {
  const subject = encodeSubject(request.subject);
  const { keyId } = describePublicKey(key.publicKey);
  return signCertificate(
    {
      issuer: subject,
      subject,
      notBefore: now - CLOCK_SKEW,
      notAfter: now + lifetime * DAY,
      publicKey: key.publicKey,
      extensions: [authorityConstraints(), keyUsage(AUTHORITY_KEY_USAGE), subjectKeyId(keyId)],
    },
    key,
    signer,
  );
}

/**
 * A certificate for what the request asks, in PEM; it never outlives its issuer.
 * @param publicKey whose certificate it is: SubjectPublicKeyInfo in DER
 * @param lifetime days from `now`
 * @param now milliseconds since 1970
 */
export function issueLeaf(
  request: LeafRequest,
  publicKey: Uint8Array,
  issuer: Issuer,
  lifetime: number,
  now: number,
  signer: Signer,
): string {
  return signCertificate(
    {
      issuer: issuer.subject,
      subject: encodeSubject(request.subject),
      notBefore: now - CLOCK_SKEW,
      notAfter: Math.min(now + lifetime * DAY, issuer.notAfter),
      publicKey,
      extensions: [
        leafConstraints(),
        keyUsage(leafKeyUsage(request.uses, publicKey)),
        extendedKeyUsage(request.uses),
        alternativeNames(request.names),
        subjectKeyId(describePublicKey(publicKey).keyId),
        authorityKeyId(issuer.keyId),
      ],
    },
    issuer,
    signer,
  );
}
