import { NODE_ROLES, type NodeRole } from "../roles.ts";
import type { PublishedService } from "./topology.ts";

interface ServiceRow {
  readonly service: PublishedService;
  /** Stem of the overriding variable. */
  readonly stem: string;
  /** Whether the variable names the node even where there is only one. */
  readonly numbered: boolean;
  /** Host port of the first member of its kind, or `null`: published only where the topology says so. */
  readonly first: number | null;
  /** Distance between the host ports of two members. */
  readonly step: number;
  /** `operator`: on the host's loopback; `front`: on the publish address. */
  readonly zone: "operator" | "front";
}

/** What each kind of daemon offers on the host. */
export const SERVICES: Record<NodeRole, readonly ServiceRow[]> = {
  etcd: [{ service: "etcd", stem: "EXT_ETCD_PORT", numbered: true, first: null, step: 1, zone: "operator" }],
  postgresql: [
    { service: "postgresql", stem: "EXT_PG_PORT", numbered: true, first: 5432, step: 1, zone: "operator" },
    { service: "patroni", stem: "EXT_PATRONI_PORT", numbered: true, first: 8008, step: 1, zone: "operator" },
  ],
  haproxy: [
    { service: "rw", stem: "EXT_HAPROXY_RW_PORT", numbered: false, first: 5000, step: 10, zone: "front" },
    { service: "ro", stem: "EXT_HAPROXY_RO_PORT", numbered: false, first: 5001, step: 10, zone: "front" },
    { service: "stats", stem: "EXT_HAPROXY_STATS_PORT", numbered: false, first: 7000, step: 10, zone: "front" },
  ],
  pgbouncer: [{ service: "pgbouncer", stem: "EXT_PGBOUNCER_PORT", numbered: false, first: 6432, step: 1, zone: "front" }],
};

/** Every service, in the order of the daemons. */
export const PUBLISHED_SERVICES: readonly PublishedService[] = NODE_ROLES.flatMap((kind) => SERVICES[kind].map(({ service }) => service));

const KINDS: ReadonlyMap<PublishedService, NodeRole> = new Map(
  NODE_ROLES.flatMap((kind) => SERVICES[kind].map(({ service }) => [service, kind])),
);

/** Which daemon offers a service. */
export function kindOffering(service: PublishedService): NodeRole {
  const kind = KINDS.get(service);
  if (kind === undefined) throw new RangeError(`nothing offers ${service}`);
  return kind;
}

/** `EXT_PG_PORT_NODE1`; without the node where there is only one of its kind and the row says so. */
export function publishVariable(row: ServiceRow, node: string, alone: boolean): string {
  return !row.numbered && alone ? row.stem : `${row.stem}_${node.toUpperCase().replaceAll("-", "_")}`;
}
