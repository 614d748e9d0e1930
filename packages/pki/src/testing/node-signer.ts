import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
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
  generateKeyPair,
  sign: (privateKeyPem, bytes) => sign("sha256", bytes, privateKeyPem),
  randomBytes: (count) => randomBytes(count),
};
