import { sameBytes } from "../der/bytes.ts";
import type { CertificateFacts } from "../inspect/inspect.ts";
import type { KeyReader } from "../signer.ts";

const isRoot = ({ subjectDer, issuerDer }: CertificateFacts): boolean => sameBytes(subjectDer, issuerDer);

function nameOf({ subject }: CertificateFacts): string {
  return `"${subject.commonName ?? subject.organization ?? "without a name"}"`;
}

/**
 * Why the certificates of an authority do not lead from the first to a root, each signed by the one above it and the root by
 * itself, or `null`. Their order does not matter. OpenSSL trusts a root only: an authority in the middle needs those above it
 * in the same file.
 */
export function findChainFlaw(certificates: readonly CertificateFacts[], isSignedBy: KeyReader["isSignedBy"]): string | null {
  let [current] = certificates;
  for (let below = 0; current !== undefined && below < certificates.length; below += 1) {
    const { pathLength, authorityKeyId, issuerDer }: CertificateFacts = current;
    if (pathLength !== null && pathLength < below)
      return `${nameOf(current)} allows ${pathLength} authorities below it, and ${below} stand there`;
    if (isRoot(current)) return isSignedBy(current.der, current.publicKey) ? null : `${nameOf(current)} does not bear its own signature`;
    if (authorityKeyId === null) return `${nameOf(current)} does not name its issuer's key (authorityKeyIdentifier)`;
    const issuers = certificates.filter(({ subjectDer }) => sameBytes(subjectDer, issuerDer));
    if (issuers.length > 0 && !issuers.some(({ subjectKeyId }) => subjectKeyId !== null && sameBytes(subjectKeyId, authorityKeyId))) {
      return `${nameOf(current)} was signed with another key than that of the certificate above it`;
    }
    const issuer = issuers.find(({ subjectKeyId }) => subjectKeyId !== null && sameBytes(subjectKeyId, authorityKeyId));
    if (issuer !== undefined && !isSignedBy(current.der, issuer.publicKey))
      return `${nameOf(current)} does not bear the signature of the certificate above it`;
    current = issuer;
  }
  return "its root is missing: append it";
}
