import type { CertificateFacts } from "@matriarch/pki";

/** A subject as OpenSSL prints it: `O=first, CN=node1`. Parts that Matriarch never writes are not read. */
export function formatSubject({ organization, commonName }: CertificateFacts["subject"]): string {
  return [...(organization === null ? [] : [`O=${organization}`]), ...(commonName === null ? [] : [`CN=${commonName}`])].join(", ");
}
