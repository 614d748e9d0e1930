import { sameBytes } from "../der/bytes.ts";
import type { CertificateFacts } from "../inspect/inspect.ts";

const isRoot = ({ subjectDer, issuerDer }: CertificateFacts): boolean => sameBytes(subjectDer, issuerDer);

function nameOf({ subject }: CertificateFacts): string {
  return `"${subject.commonName ?? subject.organization ?? "without a name"}"`;
}

/**
 * Why the certificates of an authority do not lead from the first to a root, or `null`. Their order does not matter;
 * that each really signed the one before is not checked. OpenSSL trusts a root only: an authority in the middle needs
 * those above it in the same file.
 */
export function findChainFlaw(certificates: readonly CertificateFacts[]): string | null {
  let [current] = certificates;
  for (let below = 0; current !== undefined && below < certificates.length; below += 1) {
    const { pathLength, authorityKeyId, issuerDer }: CertificateFacts = current;
    if (pathLength !== null && pathLength < below)
      return `${nameOf(current)} allows ${pathLength} authorities below it, and ${below} stand there`;
    if (isRoot(current)) return null;
    if (authorityKeyId === null) return `${nameOf(current)} does not name its issuer's key (authorityKeyIdentifier)`;
    const issuers = certificates.filter(({ subjectDer }) => sameBytes(subjectDer, issuerDer));
    if (issuers.length > 0 && !issuers.some(({ subjectKeyId }) => subjectKeyId !== null && sameBytes(subjectKeyId, authorityKeyId))) {
      return `${nameOf(current)} was signed with another key than that of the certificate above it`;
    }
    current = issuers.find(({ subjectKeyId }) => subjectKeyId !== null && sameBytes(subjectKeyId, authorityKeyId));
  }
  return "its root is missing: append it";
}
