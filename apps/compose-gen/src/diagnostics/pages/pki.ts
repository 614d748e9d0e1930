import type { PkiCode } from "@matriarch/pki";
import type { Page } from "../page.ts";

/** Certificates, keys, and an authority that is brought along. */
export const PKI_PAGES: Readonly<Record<PkiCode, Page>> = {
  "reserved-member-name": {
    severity: ["error"],
    cause: "A member has the name of a folder that the certificates need.",
    why: "Each member has a folder of its own below `pki`; `ca` holds the keys that sign, `clients` what people are given.",
    source: "packages/pki/src/requests.ts, `RESERVED_FOLDERS`",
    remedy: "Choose another name for the node.",
    example: { before: "nodes: { clients: [postgresql] }", after: "nodes: { clients-db: [postgresql] }" },
  },
  "invalid-tls-name": {
    severity: ["error"],
    cause: "Something under `tls.names` is neither a DNS name nor an IPv4 address.",
    why: "No client would find it equal to what it dialled. A name whose last label is a number is read as a broken address.",
    source: "RFC 1123, 2.1; RFC 6125",
    remedy: "Write what clients dial: db.example.org, or 192.0.2.10.",
    example: { before: "tls: { names: [db..example.org] }", after: "tls: { names: [db.example.org] }" },
  },
  "dialled-name-missing": {
    severity: ["error", "warning"],
    cause: "Somebody dials a name that is not on the certificate that answers.",
    why: "Everybody here verifies whom he talks to, so the connection ends in the handshake. Where the host publishes on every address (a warning) Matriarch cannot know what clients of other machines dial.",
    source: "RFC 6125; PostgreSQL manual, SSL Support, sslmode=verify-full",
    remedy: "Write under `tls.names` what clients dial, or publish on one address.",
    example: {
      before: "publish_address: 0.0.0.0",
      after: "publish_address: 0.0.0.0\ntls: { names: [db.example.org] }",
    },
  },
  "authority-missing": {
    severity: ["error"],
    cause: "The files of a CA are not there, although something relies on them.",
    why: "A new CA in their place would lock out everybody who trusts the old one, so Matriarch makes none.",
    source: "packages/pki/src/plan/authority.ts",
    remedy:
      "Put the files back, or correct their names in `tls.ca`. To start over, remove the whole `pki` folder and restart everything that trusts the old CA.",
  },
  "authority-unfit": {
    severity: ["error"],
    cause: "A CA's certificate cannot be used by everybody who has to verify with it.",
    why: "Patroni runs on Python 3.13, which takes RFC 5280 strictly: basicConstraints critical and CA:true, keyUsage keyCertSign, a subject key id. OpenSSL also holds the CA's own extendedKeyUsage against what it signs, where `any` does not count, and refuses RSA keys below 2048 bits. With such a CA every health check fails, and no node is ever found healthy.",
    source: "Python 3.13, What's New, ssl: VERIFY_X509_STRICT; OpenSSL, X509_check_purpose, SSL_CTX_set_security_level",
    remedy:
      "Bring a CA with those extensions and no extendedKeyUsage (or one with serverAuth and clientAuth); or let Matriarch make its own. The right to sign revocation lists (cRLSign) is not needed.",
  },
  "authority-chain-broken": {
    severity: ["error"],
    cause: "The certificates of a CA do not lead from the one that signs to a root.",
    why: "OpenSSL trusts a root only: an authority in the middle is worth nothing without those above it in the same file. A path length (pathlen) that is too short ends the chain as well.",
    source: "RFC 5280, 6.1; OpenSSL, X509_verify_cert",
    remedy:
      "Put into one file the CA's own certificate, then each one above it, up to the root: `cat databases.crt company-root.crt > ca.crt`.",
  },
  "authority-names-excluded": {
    severity: ["error"],
    cause: "A CA's name constraints forbid names that the cluster needs.",
    why: "Members know each other by their node's name, themselves by localhost and 127.0.0.1, applications by a SPIFFE id. A certificate with a forbidden name is refused by everybody.",
    source: "RFC 5280, 4.2.1.10; OpenSSL, NAME_CONSTRAINTS_check",
    remedy: "Bring a CA that permits them, or one without name constraints. Or let Matriarch make its own, and give clients that one.",
  },
  "authority-expired": {
    severity: ["error"],
    cause: "A CA's time is over.",
    why: "Nothing that it signed is accepted any more, whatever date stands there.",
    source: "RFC 5280, 6.1.3",
    remedy: "Bring a new one, or remove the `pki` folder and render again; then restart the cluster.",
  },
  "authority-key-missing": {
    severity: ["error"],
    cause: "Something is to be signed, and the CA's private key is not there.",
    why: "A cluster whose certificates are all in order needs no CA key: it may lie in a safe. Now one is needed.",
    source: "packages/pki/src/plan/leaf.ts",
    remedy: "Put the key back beside its certificate for this run.",
  },
  "authority-key-mismatch": {
    severity: ["error"],
    cause: "A CA's private key belongs to another certificate.",
    why: "Nobody could verify what it signs.",
    source: "RFC 5280, 4.2.1.2",
    remedy:
      "Put the key there that belongs to the certificate: `openssl x509 -pubkey -noout -in ca.crt` and `openssl pkey -pubout -in ca.key` print the same.",
  },
  "private-key-missing": {
    severity: ["error"],
    cause: "A certificate or public key is there without its private key.",
    why: "Matriarch does not know whether it was lost or is kept elsewhere, and makes no new pair over what is left of one.",
    source: "packages/pki/src/plan/leaf.ts",
    remedy: "Put the key back; or remove the other half, and a new pair is made.",
  },
  "private-key-unreadable": {
    severity: ["error"],
    cause: "The file of a private key holds none that can be read without a passphrase.",
    why: "A daemon that restarts at night has nobody to type one. And keys are never overwritten, so it is not replaced.",
    source: "RFC 5958 (PKCS#8)",
    remedy: "Put an unencrypted PKCS#8 key there (`openssl pkey`), or remove it together with its certificate: a new pair is made.",
  },
  "private-key-differs": {
    severity: ["error"],
    cause: "The members of etcd have different keys for their tokens.",
    why: "A token that one member signed would be refused by the others: Patroni would log in again and again.",
    source: "etcd.io, Authentication, auth-token",
    remedy: "Remove the copies that differ, and they are made anew; then restart etcd's members.",
  },
  "authority-expires-soon": {
    severity: ["warning"],
    cause: "A CA ends before a certificate that it signs now would.",
    why: "Certificates are issued up to its last day and no further, so all of them end together.",
    source: "RFC 5280, 6.1.3",
    remedy: "Plan its replacement: everything that trusts it must know the new one first.",
  },
  "certificate-expires-soon": {
    severity: ["warning"],
    cause: "Certificates end within 30 days, or are in the last third of a short life.",
    why: "On their last day health checks fail and the cluster has no primary that anybody could reach.",
    source: "RFC 5280, 4.1.2.5",
    remedy: "`compose-gen render … --renew expiring`: keys stay as they are, and a reload puts the new ones in force.",
  },
  "key-type-differs": {
    severity: ["warning"],
    cause: "Keys are of another type than `tls.key_type` asks for.",
    why: "Keys that exist are kept, so a changed `key_type` is for new ones only.",
    source: "packages/pki/src/plan/leaf.ts",
    remedy: "Remove a key and its certificate to have both made anew, or leave them.",
  },
};
