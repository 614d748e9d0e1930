import { decode, sha256, toBytes } from "./der/forge.ts";
import { OID } from "./der/oids.ts";
import { bitsOf, integerOf, isUniversal, items, oidOf } from "./der/read.ts";
import { TAG } from "./der/tags.ts";

/** What a public key is, and the id by which certificates refer to it. */
export interface PublicKeyFacts {
  /** `other`: a kind that Matriarch does not sign with. */
  readonly algorithm: "ecdsa" | "rsa" | "other";
  /** In the words of `tls.key_type`; other curves and algorithms by their object identifier. */
  readonly type: string;
  /** Key identifier: the first 160 bits of the SHA-256 of the key (RFC 7093, section 2, method 1). */
  readonly keyId: Uint8Array;
}

const KEY_ID_BYTES = 20;

/**
 * Reads a SubjectPublicKeyInfo.
 * @throws Error when it is none
 */
export function describePublicKey(spki: Uint8Array): PublicKeyFacts {
  const [identifier, key] = items(decode(spki));
  const [algorithm, parameters] = items(identifier);
  const keyId = sha256(bitsOf(key)).slice(0, KEY_ID_BYTES);
  switch (oidOf(algorithm)) {
    case OID.ec: {
      const curve = isUniversal(parameters, TAG.oid) ? oidOf(parameters) : "explicit";
      return { algorithm: "ecdsa", type: curve === OID.p256 ? "ecdsa-p256" : `ecdsa-${curve}`, keyId };
    }
    case OID.rsa: {
      const [modulus] = items(decode(toBytes(bitsOf(key))));
      return { algorithm: "rsa", type: `rsa-${bitLength(integerOf(modulus))}`, keyId };
    }
    default:
      return { algorithm: "other", type: oidOf(algorithm), keyId };
  }
}

function bitLength(bytes: Uint8Array): number {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first === -1 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24;
}
