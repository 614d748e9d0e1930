import { readFileSync } from "node:fs";

/** The reference cluster: eight containers in two datacenters. */
export function referenceText(): string {
  return readFileSync(new URL("../examples/two-datacenters/topology.yaml", import.meta.url), "utf8");
}

/** One of many clusters of eight nodes, none like another. */
export function clusterText(index: number): string {
  return `cluster: cluster-${index}
nodes:
  etcd1: [etcd]
  etcd2: [etcd]
  etcd3: [etcd]
  node1: { roles: [postgresql], resources: { memory: ${1 + (index % 64)}GiB } }
  node2: { roles: [postgresql], resources: { memory: ${1 + (index % 64)}GiB } }
  node3: { roles: [postgresql], resources: { memory: ${1 + (index % 64)}GiB } }
  haproxy: [haproxy]
  pgbouncer: [pgbouncer]
databases: { db_${index}: { readers: [report] } }
roles: { report: { connection_limit: ${1 + (index % 20)} } }
replication: { mode: ${["asynchronous", "synchronous", "quorum"][index % 3]} }
timing: ${["fast", "normal", "wide-area"][index % 3]}
`;
}

function nodes(role: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `  ${role}-${index}: [${role}]\n`).join("");
}

/** One cluster of 500 nodes: far more than anybody runs, for what grows with the square of their number. */
export function largeText(): string {
  return `cluster: large
nodes:
${nodes("etcd", 5)}${nodes("postgresql", 475)}${nodes("haproxy", 10)}${nodes("pgbouncer", 10)}pools: { size: 1 }
networks: { front: 10.0.0.0/16, database: 10.1.0.0/16, pooled: 10.2.0.0/16, dcs: 10.3.0.0/16, operator: 10.4.0.0/16 }
`;
}
