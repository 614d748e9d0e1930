import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, X509Certificate } from "node:crypto";
import type { KeyPair, KeyType, Signer } from "../index.ts";

function generateKeyPair(type: KeyType): KeyPair {
  const { privateKey, publicKey } =
    type === "ecdsa-p256"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: Number(type.slice("rsa-".length)) });
  return {
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }),
    publicKey: publicKey.export({ type: "spki", format: "der" }),
  };
}

function publicKeyOf(privateKeyPem: string): Uint8Array | null {
  try {
    return createPublicKey(createPrivateKey(privateKeyPem)).export({ type: "spki", format: "der" });
  } catch {
    return null;
  }
}

/** Keys, signatures and chance from Node's OpenSSL. */
export const nodeSigner: Signer = {
  publicKeyOf,
  isSignedBy: (certificate, publicKey) =>
    new X509Certificate(certificate).verify(createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" })),
  generateKeyPair,
  sign: (privateKeyPem, bytes) => sign("sha256", bytes, privateKeyPem),
  randomBytes: (count) => randomBytes(count),
};
