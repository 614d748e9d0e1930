import { ETCD_CODES, type EtcdCode } from "@matriarch/etcd-config";
import { HAPROXY_CODES, type HaproxyCode } from "@matriarch/haproxy-config";
import { PATRONI_CODES, type PatroniCode } from "@matriarch/patroni-config";
import { PGBOUNCER_CODES, type PgbouncerCode } from "@matriarch/pgbouncer-config";
import { PKI_CODES, type PkiCode } from "@matriarch/pki";
import { ENVIRONMENT_CODES, type EnvironmentCode, TOPOLOGY_CODES, type TopologyCode } from "@matriarch/topology";
import { COMPOSE_GEN_CODES } from "../missing-secrets.ts";

export type ComposeGenCode = (typeof COMPOSE_GEN_CODES)[number];

/** Every code that can be reported. */
export type DiagnosticCode =
  | TopologyCode
  | EnvironmentCode
  | PkiCode
  | EtcdCode
  | PatroniCode
  | HaproxyCode
  | PgbouncerCode
  | ComposeGenCode;

/** The codes of one package, under the title that they have in the documentation. */
export interface CodeGroup {
  readonly title: string;
  readonly codes: readonly DiagnosticCode[];
}

export const CODE_GROUPS: readonly CodeGroup[] = [
  { title: "The topology", codes: TOPOLOGY_CODES },
  { title: "The environment file", codes: ENVIRONMENT_CODES },
  { title: "Certificates", codes: PKI_CODES },
  { title: "etcd", codes: ETCD_CODES },
  { title: "Patroni and PostgreSQL", codes: PATRONI_CODES },
  { title: "HAProxy", codes: HAPROXY_CODES },
  { title: "PgBouncer", codes: PGBOUNCER_CODES },
  { title: "The bundle", codes: COMPOSE_GEN_CODES },
];

export const DIAGNOSTIC_CODES: readonly DiagnosticCode[] = CODE_GROUPS.flatMap(({ codes }) => codes);
