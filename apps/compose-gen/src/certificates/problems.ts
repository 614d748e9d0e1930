import type { CertificateFacts, PublicKeyOf } from "@matriarch/pki";
import { formatSubject } from "./subject.ts";

/** What a certificate is held against. */
export interface Surroundings {
  /** Every authority of the bundle, copies included. */
  readonly authorities: readonly CertificateFacts[];
  /** The private key beside it; `null` where none belongs there. */
  readonly key: { readonly isExpected: boolean; readonly pem: string | undefined } | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly publicKeyOf: PublicKeyOf;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function isIssuedBy(facts: CertificateFacts, authority: CertificateFacts): boolean {
  if (!sameBytes(facts.issuerDer, authority.subjectDer)) return false;
  const { authorityKeyId } = facts;
  return authorityKeyId === null || authority.subjectKeyId === null || sameBytes(authorityKeyId, authority.subjectKeyId);
}

function keyProblem(facts: CertificateFacts, { key, publicKeyOf }: Surroundings): string | null {
  if (key === null) return null;
  // The key of an authority may be kept elsewhere.
  if (key.pem === undefined) return key.isExpected ? "Its private key is not beside it." : null;
  const publicKey = publicKeyOf(key.pem);
  if (publicKey === null) return "The private key beside it cannot be read.";
  return sameBytes(publicKey, facts.publicKey) ? null : "The private key beside it belongs to another certificate.";
}

const PROBLEMS: readonly ((facts: CertificateFacts, surroundings: Surroundings) => string | null)[] = [
  ({ notAfter }, { now }) => (notAfter <= now ? "It has expired." : null),
  ({ notBefore }, { now }) => (notBefore > now ? `It is not valid before ${new Date(notBefore).toISOString()}.` : null),
  (facts, { authorities }) =>
    authorities.some((authority) => isIssuedBy(facts, authority))
      ? null
      : `No authority of the bundle signed it: its issuer is ${formatSubject(facts.issuer) || "without a name"}.`,
  keyProblem,
];

/** Everything that is wrong with a certificate where it lies. Signatures are not checked, names and key ids are. */
export function problemsOf(facts: CertificateFacts, surroundings: Surroundings): string[] {
  return PROBLEMS.flatMap((problem) => problem(facts, surroundings) ?? []);
}
