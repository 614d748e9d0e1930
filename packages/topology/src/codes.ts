import { TEXT_CODES } from "./text/limits.ts";

/** Every code that reading, overriding and checking a topology can report. */
export const TOPOLOGY_CODES = [
  // The text.
  ...TEXT_CODES,
  "yaml-syntax",
  "duplicate-key",
  "unknown-key",
  "missing-key",
  "invalid-value",
  // Variables of the environment file.
  "invalid-override",
  "unknown-variable",
  // Names, nodes, datacenters.
  "member-name-collision",
  "member-name-too-long",
  "reserved-node-name",
  "repeated-node-role",
  "publish-without-role",
  "node-memory-shared",
  "undeclared-datacenter",
  "duplicate-datacenter",
  "unused-datacenter",
  // Networks, addresses, ports.
  "network-host-bits",
  "networks-overlap",
  "network-unusable",
  "network-not-private",
  "source-host-bits",
  "address-outside-networks",
  "address-beyond-network",
  "reserved-address",
  "duplicate-address",
  "port-collision",
  // Databases and roles.
  "undeclared-role",
  "unused-role",
  "reserved-role-name",
  "role-source-not-enforced",
  "subscriber-in-pools",
  "reserved-database-name",
  "unsupported-postgresql",
  "unknown-extension",
  "extension-in-several-databases",
  "slot-name-taken",
  "unknown-output-plugin",
  // Replication.
  "no-postgresql",
  "single-postgresql",
  "no-promotable-node",
  "no-failover-candidate",
  "synchronous-count-unmeetable",
  "synchronous-too-few-spare",
  "synchronous-settings-unused",
  "lag-limit-refuses-standby",
  "reads-unserved",
  // Datacenters.
  "synchronous-across-datacenters",
  "synchronous-within-datacenter",
  "majority-without-primary",
  "failsafe-across-datacenters",
  // Timing.
  "below-patroni-minimum",
  "timing-exceeds-ttl",
  "timing-equals-ttl",
  "etcd-election-too-short",
  "etcd-election-tight",
  "etcd-election-too-long",
  "etcd-election-exceeds-retry",
  "check-intervals-inverted",
  // etcd.
  "no-etcd",
  "single-etcd",
  "even-etcd",
  "too-many-etcd",
  "etcd-majority-in-one-datacenter",
  // The way in, and its certificates.
  "no-haproxy",
  "single-haproxy",
  "no-pgbouncer",
  "single-pgbouncer",
  "way-in-through-one-datacenter",
  "leaf-outlives-ca",
] as const;

/** One of `TOPOLOGY_CODES`. */
export type TopologyCode = (typeof TOPOLOGY_CODES)[number];
