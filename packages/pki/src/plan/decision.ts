import type { Existing, KeyType } from "../model.ts";
import type { KeyReader } from "../signer.ts";

/** Why a file stays as it is, or is written. The text after each is what a report may say. */
export const REASONS = {
  valid: "in order",
  missing: "not there yet",
  "certificate-missing": "the key is there, its certificate is not",
  "public-key-missing": "the key is there, its public half is not",
  "certificate-unreadable": "the certificate cannot be read",
  "not-yet-valid": "the certificate is not valid yet",
  expired: "the certificate has expired",
  "issuer-differs": "another CA signed it",
  "key-differs": "it belongs to another key",
  "subject-differs": "the topology wants another subject",
  "names-differ": "the topology wants other names",
  "uses-differ": "the topology wants other uses",
  expiring: "it expires soon",
  asked: "renewal was asked for",
  blocked: "an error stands in the way",
} as const;
/** One of `REASONS`. */
export type Reason = keyof typeof REASONS;

/** What is to be done with one certificate or key pair. Private keys that exist are never written. */
export type Decision =
  | { readonly path: string; readonly action: "keep"; readonly reason: Reason }
  | { readonly path: string; readonly action: "issue" | "renew"; readonly reason: Reason; readonly key: "new" | "existing" };

/**
 * Which certificates are renewed that are still good. `none`: none, coming expiry is only told; `expiring`: those that
 * end soon; `all`: every one but the authorities.
 */
export type Renewal = "none" | "expiring" | "all";

/** Everything that decisions are made from. */
export interface Circumstances {
  readonly existing: Existing;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly keys: KeyReader;
  readonly renewal: Renewal;
  readonly keyType: KeyType;
  /** Lifetime of certificates, in days. */
  readonly leafDays: number;
}

export const keep = (path: string, reason: Reason): Decision => ({ path, action: "keep", reason });
