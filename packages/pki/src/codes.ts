/** Every code that this package can report. */
export const PKI_CODES = [
  "reserved-member-name",
  "invalid-tls-name",
  "dialled-name-missing",
  "authority-missing",
  "authority-unfit",
  "authority-chain-broken",
  "authority-names-excluded",
  "authority-expired",
  "authority-key-missing",
  "authority-key-mismatch",
  "private-key-missing",
  "private-key-unreadable",
  "private-key-differs",
  "authority-expires-soon",
  "certificate-expires-soon",
  "key-type-differs",
] as const;
/** One of `PKI_CODES`. */
export type PkiCode = (typeof PKI_CODES)[number];
