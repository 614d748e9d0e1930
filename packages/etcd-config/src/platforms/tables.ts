import type { PlatformId } from "@matriarch/topology";
import { FLAGS, SUITES } from "./debian-13/etcd.ts";

/** What the etcd of a platform knows. */
export interface EtcdTable {
  /** Of the command line, by which the keys of the file are called. */
  readonly flags: readonly string[];
  /** Of TLS, by the names that Go gives them. */
  readonly suites: readonly string[];
}

export const TABLES: Readonly<Record<PlatformId, EtcdTable>> = { "debian-13": { flags: FLAGS, suites: SUITES } };
