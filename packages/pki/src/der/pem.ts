import { decodeBase64, encodeBase64 } from "./forge.ts";

export type PemLabel = "CERTIFICATE" | "PUBLIC KEY";

/** PEM text of DER bytes: 64 characters in a line, each line ended by LF, as OpenSSL writes it. */
export function encodePem(label: PemLabel, der: Uint8Array): string {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/** DER bytes of every block with this label, in the order of the text; empty when there is none. Other text is passed over. */
export function decodePem(label: PemLabel, pem: string): Uint8Array[] {
  const blocks = pem.matchAll(new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`, "g"));
  return [...blocks].map((block) => decodeBase64(block[1]?.replaceAll(/\s/g, "") ?? ""));
}
