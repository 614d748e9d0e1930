import type { Authority, Topology } from "@matriarch/topology";

/** What a certificate may be used for (its extended key usage). */
export type Use = "server" | "client";

/** Kind of a key pair, in the words of `tls.key_type`. */
export type KeyType = Topology["tls"]["keyType"];

/** A name that the certificate speaks for (subjectAltName). */
export interface AlternativeName {
  readonly kind: "dns" | "ip" | "uri";
  readonly value: string;
}

/** Whom a certificate is about; `null`: that part of the name is left out. */
export interface Subject {
  readonly organization: string | null;
  readonly commonName: string | null;
}

/** Files of an authority that is brought along, relative to the topology file. */
export type BroughtAuthority = Exclude<Topology["tls"]["ca"], "own">;

/** An authority that the cluster needs. Its files are `<path>.crt` and `<path>.key`. */
export interface AuthorityRequest {
  readonly authority: Authority;
  readonly path: string;
  readonly subject: Subject;
  /** Files of one that the topology brings along, as written there; Matriarch never makes or writes it. `null`: Matriarch's own. */
  readonly broughtAlong: BroughtAuthority | null;
}

/** A certificate that somebody needs. Its files are `<path>.crt` and `<path>.key`. */
export interface LeafRequest {
  readonly path: string;
  /** Who signs it. */
  readonly authority: Authority;
  readonly subject: Subject;
  readonly uses: readonly Use[];
  readonly names: readonly AlternativeName[];
  /** Numeric user that reads the key; `null`: a person, whoever writes the bundle. */
  readonly owner: number | null;
}

/** A key pair without a certificate: the private key as PKCS#8 and the public one as SPKI, both in PEM. */
export interface KeyPairRequest {
  readonly privatePath: string;
  readonly publicPath: string;
  readonly keyType: KeyType;
}

/** A file that somebody needs a copy of. */
export interface Copy {
  readonly from: string;
  readonly to: string;
  /** `authority`: the certificates in the file, by which others are known. */
  readonly kind: "authority" | "private-key" | "public-key";
  readonly owner: number | null;
}

/** Everything that a topology needs. All paths are relative to the bundle's `pki` folder. */
export interface PkiRequests {
  readonly authorities: readonly AuthorityRequest[];
  readonly leaves: readonly LeafRequest[];
  readonly keyPairs: readonly KeyPairRequest[];
  readonly copies: readonly Copy[];
}

/**
 * What is on disk: text by path. A file that is there and cannot be read must not be left out, or it counts as missing.
 * The texts of an authority that is brought along stand at its request's paths.
 */
export type Existing = ReadonlyMap<string, string>;

/** A file to write, relative to the bundle's `pki` folder: a certificate or a key, in PEM. */
export interface PkiFile {
  readonly path: string;
  readonly content: string;
  readonly mode: 0o600 | 0o644;
  /** Numeric user and group; `null`: whoever writes the bundle. */
  readonly owner: number | null;
}

export const certificatePath = (path: string): string => `${path}.crt`;
export const keyPath = (path: string): string => `${path}.key`;
