import type { KeyType } from "./model.ts";

/** A new key pair. */
export interface KeyPair {
  /** PKCS#8, unencrypted, in PEM. */
  readonly privateKeyPem: string;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
}

/**
 * The public half of a private key, as SubjectPublicKeyInfo in DER; `null` when the text is no private key that can be
 * read (damaged, encrypted).
 */
export type PublicKeyOf = (privateKeyPem: string) => Uint8Array | null;

/** How keys and signatures that exist are read. */
export interface KeyReader {
  readonly publicKeyOf: PublicKeyOf;
  /** Whether a certificate (DER) bears the signature of a public key (SubjectPublicKeyInfo in DER), of whatever kind that is. */
  readonly isSignedBy: (certificate: Uint8Array, publicKey: Uint8Array) => boolean;
}

/** Keys, signatures and chance: what this package must be given, for it has none. */
export interface Signer extends KeyReader {
  readonly generateKeyPair: (type: KeyType) => KeyPair;
  /** Signature over the SHA-256 of the bytes: for EC keys as DER (RFC 3279), for RSA keys PKCS #1 v1.5. */
  readonly sign: (privateKeyPem: string, bytes: Uint8Array) => Uint8Array;
  readonly randomBytes: (count: number) => Uint8Array;
}
