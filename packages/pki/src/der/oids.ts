/** The object identifiers that the certificates use (RFC 5280, RFC 5480, RFC 5758, RFC 8017). */
export const OID = {
  commonName: "2.5.4.3",
  organization: "2.5.4.10",
  rsa: "1.2.840.113549.1.1.1",
  rsaSha256: "1.2.840.113549.1.1.11",
  ec: "1.2.840.10045.2.1",
  ecdsaSha256: "1.2.840.10045.4.3.2",
  p256: "1.2.840.10045.3.1.7",
  subjectKeyId: "2.5.29.14",
  keyUsage: "2.5.29.15",
  alternativeNames: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  nameConstraints: "2.5.29.30",
  authorityKeyId: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
} as const;

/** Bits of the keyUsage extension, in the order of their numbers. */
export const KEY_USAGES = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

/** Tag numbers of a GeneralName. */
export const GENERAL_NAME = { dns: 2, directory: 4, uri: 6, ip: 7 } as const;
