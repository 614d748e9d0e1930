import { sameBytes } from "../der/bytes.ts";
import { type CertificateFacts, inspectAll } from "../inspect/inspect.ts";

/** By what a certificate names its issuer. */
export interface IssuerIdentity {
  /** Name in DER. */
  readonly subject: Uint8Array;
  readonly keyId: Uint8Array;
}

/** An authority's certificate text: its own certificate, then perhaps those above it. */
export interface AuthorityFacts extends IssuerIdentity {
  readonly publicKey: Uint8Array;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  /** When the first of them ends. */
  readonly notAfter: number;
}

// What a strict verifier (OpenSSL's X509_V_FLAG_X509_STRICT, on by default in Python 3.13) refuses, and what cannot sign.
const FLAWS: readonly (readonly [string, (facts: CertificateFacts, now: number) => boolean])[] = [
  ["it is no CA (basicConstraints)", ({ isAuthority }) => !isAuthority],
  ["its basicConstraints are not critical", ({ constraintsCritical }) => !constraintsCritical],
  ["it may not sign certificates (keyUsage keyCertSign)", ({ keyUsage }) => !keyUsage.includes("keyCertSign")],
  ["it has no subject key id", ({ subjectKeyId }) => subjectKeyId === null],
  ["its key is neither EC nor RSA", ({ key }) => key.algorithm === "other"],
  ["it is not valid yet", ({ notBefore }, now) => notBefore > now],
];

/** Reads an authority's text, or says what is wrong with it. */
export function readAuthority(pem: string, now: number): { readonly facts: AuthorityFacts } | { readonly flaw: string } {
  const inspections = inspectAll(pem);
  const broken = inspections.find((inspection) => !inspection.ok);
  if (broken !== undefined) return { flaw: broken.problem };
  const chain = inspections.flatMap((inspection) => (inspection.ok ? [inspection.facts] : []));
  const flaw = FLAWS.find(([, isFlawed]) => chain.some((facts) => isFlawed(facts, now)));
  if (flaw !== undefined) return { flaw: flaw[0] };
  const [first] = chain;
  if (first === undefined) return { flaw: "it holds no PEM certificate" };
  if (first.subjectKeyId === null) return { flaw: "it has no subject key id" };
  // OpenSSL trusts a root only: an authority in the middle needs those above it in the same file.
  if (!chain.some(({ subjectDer, issuerDer }) => sameBytes(subjectDer, issuerDer))) return { flaw: "its root is missing: append it" };
  const notAfter = Math.min(...chain.map((facts) => facts.notAfter));
  return {
    facts: { subject: first.subjectDer, keyId: first.subjectKeyId, publicKey: first.publicKey, notBefore: first.notBefore, notAfter },
  };
}
