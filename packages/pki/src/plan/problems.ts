import type { Finding, Severity, TopologyPath } from "@matriarch/topology";
import type { PkiCode } from "../codes.ts";

/** Codes about the topology itself; the others are about what is on disk. */
type RuleCode = "reserved-member-name" | "invalid-tls-name" | "dialled-name-missing";

/** Something wrong with one file. */
export interface Problem {
  readonly code: Exclude<PkiCode, RuleCode>;
  /** The file, and where it matters what was found in it. */
  readonly about: string;
}

/** A file as people find it, from the bundle's root. */
export const inBundle = (path: string): string => `pki/${path}`;

/** So many files stand in a warning; an error names all. */
const LISTED = 5;

interface ProblemRow {
  readonly severity: Severity;
  readonly path: TopologyPath;
  readonly message: (files: string) => string;
  readonly hint: string;
}

const PROBLEMS: Readonly<Record<Problem["code"], ProblemRow>> = {
  "authority-missing": {
    severity: "error",
    path: ["tls", "ca"],
    message: (files) => `The CA's files are not there: ${files}.`,
    hint: "Put them back, or correct their names in tls.ca. To start over with a new CA, remove the whole pki folder: everything that trusts the old one must then be restarted.",
  },
  "authority-unfit": {
    severity: "error",
    path: ["tls", "ca"],
    message: (files) => `The CA cannot be used: ${files}.`,
    hint: "Bring a CA certificate with critical basicConstraints CA:true, keyUsage keyCertSign, a subject key id, an RSA key of 2048 bits or an EC key, and no extendedKeyUsage (or one with serverAuth and clientAuth).",
  },
  "authority-chain-broken": {
    severity: "error",
    path: ["tls", "ca"],
    message: (files) => `The CA's certificates do not lead to a root: ${files}.`,
    hint: "Put into one file the CA's own certificate first, then each one above it, up to the root.",
  },
  "authority-names-excluded": {
    severity: "error",
    path: ["tls", "ca"],
    message: (files) => `The CA's name constraints forbid names that are dialled: ${files}.`,
    hint: "Nobody would accept such a certificate. Bring a CA without name constraints, or one that permits the names of the members, localhost, 127.0.0.1 and tls.names; or let Matriarch make its own.",
  },
  "authority-expired": {
    severity: "error",
    path: ["tls", "ca"],
    message: (files) => `The CA's time is over: ${files}.`,
    hint: "Nothing that it signed is accepted any more. Bring a new one, or remove the pki folder and render again; then restart the cluster.",
  },
  "authority-key-missing": {
    severity: "error",
    path: ["tls", "ca"],
    message: (files) => `Without its CA's private key this cannot be signed: ${files}.`,
    hint: "Put the CA's key back beside its certificate for this run; a cluster whose certificates are all in order needs no CA key.",
  },
  "authority-key-mismatch": {
    severity: "error",
    path: ["tls", "ca"],
    message: (files) => `The CA's private key belongs to another certificate: ${files}.`,
    hint: "Put the key there that belongs to the CA's certificate.",
  },
  "private-key-missing": {
    severity: "error",
    path: ["tls"],
    message: (files) => `The private key is missing although its certificate or public key is there: ${files}.`,
    hint: "Put the key back; or remove the other half, and a new pair is made.",
  },
  "private-key-unreadable": {
    severity: "error",
    path: ["tls"],
    message: (files) => `No unencrypted private key can be read from: ${files}.`,
    hint: "Keys are never overwritten: put a good PKCS#8 key in its place, or remove it together with its certificate, and a new pair is made.",
  },
  "private-key-differs": {
    severity: "error",
    path: ["tls"],
    message: (files) => `etcd's members must sign their tokens with the same key, and this copy is of another: ${files}.`,
    hint: "Keys are never overwritten: remove the copies that differ, and they are made anew. etcd's members then need a restart.",
  },
  "authority-expires-soon": {
    severity: "warning",
    path: ["tls", "lifetime", "ca"],
    message: (files) => `The CA ends before a new certificate would: ${files}.`,
    hint: "Certificates issued from now on end with it. Plan its replacement.",
  },
  "certificate-expires-soon": {
    severity: "warning",
    path: ["tls", "lifetime", "leaf"],
    message: (files) => `These certificates end soon: ${files}.`,
    hint: "Renew them; keys stay as they are, and the daemons reload them without an outage.",
  },
  "key-type-differs": {
    severity: "warning",
    path: ["tls", "key_type"],
    message: (files) => `These keys are of another type than tls.key_type: ${files}.`,
    hint: "Existing keys stay. Remove a key and its certificate to have both made anew.",
  },
};

/** One finding for each code, with all its files: a hundred certificates that end on the same day are one thing to do. */
export function findingsOf(problems: readonly Problem[]): Finding<PkiCode>[] {
  return [...Map.groupBy(problems, ({ code }) => code)].map(([code, group]) => {
    const { severity, path, message, hint } = PROBLEMS[code];
    const files = group.map(({ about }) => about);
    return { code, severity, path, message: message(list(files, severity === "error" ? files.length : LISTED)), hint };
  });
}

function list(files: readonly string[], count: number): string {
  const more = files.length - count;
  return [...files.slice(0, count), ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}
