import { type CertificateFacts, inspectAll } from "../inspect/inspect.ts";
import type { NameConstraints } from "../inspect/name-constraints.ts";
import type { KeyReader } from "../signer.ts";
import { findChainFlaw } from "./chain.ts";

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
  /** Of each of them: all hold for what it signs. */
  readonly constraints: readonly NameConstraints[];
}

/** Why an authority cannot be used; the code says whether it is the one certificate or how they hang together. */
export interface AuthorityFlaw {
  readonly code: "authority-unfit" | "authority-chain-broken";
  readonly flaw: string;
}

/** Security level 2, Debian's default, asks for 112 bits. */
const LEAST_RSA_BITS = 2048;

const isShortRsa = (type: string): boolean => type.startsWith("rsa-") && Number(type.slice("rsa-".length)) < LEAST_RSA_BITS;

/** OpenSSL holds an authority's own uses against what it signs; "any" does not count for TLS (`check_purpose_ssl_server`). */
const isRestricted = (uses: readonly string[]): boolean => uses.length > 0 && !(uses.includes("server") && uses.includes("client"));

// What a strict verifier (OpenSSL's X509_V_FLAG_X509_STRICT, on by default in Python 3.13) refuses, and what cannot sign.
const FLAWS: readonly (readonly [string, (facts: CertificateFacts, now: number) => boolean])[] = [
  ["it is no CA (basicConstraints)", ({ isAuthority }) => !isAuthority],
  ["its basicConstraints are not critical", ({ constraintsCritical }) => !constraintsCritical],
  ["it may not sign certificates (keyUsage keyCertSign)", ({ keyUsage }) => !keyUsage.includes("keyCertSign")],
  ["it has no subject key id", ({ subjectKeyId }) => subjectKeyId === null],
  ["its key is neither EC nor RSA", ({ key }) => key.algorithm === "other"],
  [`its RSA key has less than ${LEAST_RSA_BITS} bits`, ({ key }) => isShortRsa(key.type)],
  ["it may not sign for servers and clients (extendedKeyUsage)", ({ uses }) => isRestricted(uses)],
  ["it is not valid yet", ({ notBefore }, now) => notBefore > now],
];

/** Reads an authority's text, or says what is wrong with it. */
export function readAuthority(
  pem: string,
  now: number,
  isSignedBy: KeyReader["isSignedBy"],
): { readonly facts: AuthorityFacts } | AuthorityFlaw {
  const unfit = (flaw: string): AuthorityFlaw => ({ code: "authority-unfit", flaw });
  const inspections = inspectAll(pem);
  const broken = inspections.find((inspection) => !inspection.ok);
  if (broken !== undefined) return unfit(broken.problem);
  const chain = inspections.flatMap((inspection) => (inspection.ok ? [inspection.facts] : []));
  const flaw = FLAWS.find(([, isFlawed]) => chain.some((facts) => isFlawed(facts, now)));
  if (flaw !== undefined) return unfit(flaw[0]);
  const [first] = chain;
  if (first === undefined) return unfit("it holds no PEM certificate");
  if (first.subjectKeyId === null) return unfit("it has no subject key id");
  const chainFlaw = findChainFlaw(chain, isSignedBy);
  if (chainFlaw !== null) return { code: "authority-chain-broken", flaw: chainFlaw };
  return {
    facts: {
      subject: first.subjectDer,
      keyId: first.subjectKeyId,
      publicKey: first.publicKey,
      notBefore: first.notBefore,
      notAfter: Math.min(...chain.map((facts) => facts.notAfter)),
      constraints: chain.map(({ nameConstraints }) => nameConstraints),
    },
  };
}
