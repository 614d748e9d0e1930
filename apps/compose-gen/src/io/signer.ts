import { type KeyObject, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, X509Certificate } from "node:crypto";
import type { KeyType, Signer } from "@matriarch/pki";

function generate(type: KeyType): { privateKey: KeyObject; publicKey: KeyObject } {
  return type === "ecdsa-p256"
    ? generateKeyPairSync("ec", { namedCurve: "prime256v1" })
    : generateKeyPairSync("rsa", { modulusLength: Number(type.slice("rsa-".length)) });
}

function privateKeyOf(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}

/** Keys and signatures by Node's OpenSSL: a private key never passes through JavaScript arithmetic. */
export const signer: Signer = {
  publicKeyOf: (pem) => {
    const key = privateKeyOf(pem);
    return key === null ? null : createPublicKey(key).export({ type: "spki", format: "der" });
  },
  isSignedBy: (certificate, publicKey) =>
    new X509Certificate(certificate).verify(createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" })),
  generateKeyPair: (type) => {
    const { privateKey, publicKey } = generate(type);
    return {
      privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }),
      publicKey: publicKey.export({ type: "spki", format: "der" }),
    };
  },
  sign: (pem, bytes) => sign("sha256", bytes, pem),
  randomBytes,
};
