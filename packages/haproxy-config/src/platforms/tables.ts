import type { PlatformId } from "@matriarch/topology";
import { GROUPS, KEYWORDS, SIGNATURES, SUITES } from "./debian-13/haproxy.ts";

/** What the HAProxy of a platform knows. */
export interface HaproxyTable {
  /** Of the global section, those that it takes without more ado. */
  readonly keywords: readonly string[];
  /** Cipher suites of TLS 1.3. */
  readonly suites: readonly string[];
  /** Curves and other groups for the key exchange. */
  readonly groups: readonly string[];
  readonly signatures: readonly string[];
}

export const TABLES: Readonly<Record<PlatformId, HaproxyTable>> = {
  "debian-13": { keywords: KEYWORDS, suites: SUITES, groups: GROUPS, signatures: SIGNATURES },
};
