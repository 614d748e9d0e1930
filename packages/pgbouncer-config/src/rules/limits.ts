import { pgbouncerDescriptors, pgbouncerMemory } from "../limits.ts";
import { type PgbouncerRule, warning } from "./finding.ts";

const MAX_CLIENTS = ["pools", "max_clients"];

/** What systemd lets a service have unless its unit says otherwise (`DefaultLimitNOFILE`); containers inherit it. */
const USUAL_DESCRIPTORS = 524_288;

export const fileDescriptors: PgbouncerRule = (topology) => {
  const needed = pgbouncerDescriptors(topology);
  if (topology.pgbouncer.length === 0 || needed <= USUAL_DESCRIPTORS) return [];
  const message = `PgBouncer needs ${needed} file descriptors for ${topology.pools.maxClients} clients; a service usually gets ${USUAL_DESCRIPTORS}, and the container would not start.`;
  const hint = `Set pools.max_clients below ${USUAL_DESCRIPTORS - (needed - topology.pools.maxClients)}, and add PgBouncers: one process uses one processor.`;
  return [warning("pooler-file-descriptors", MAX_CLIENTS, message, hint)];
};

const mib = (kib: number) => `${Math.ceil(kib / 1024)} MiB`;

export const memory: PgbouncerRule = (topology) => {
  const needed = pgbouncerMemory(topology);
  return topology.pgbouncer
    .filter(({ memoryKib }) => needed > memoryKib)
    .map(({ name, memoryKib }) => {
      const message = `${name} has ${mib(memoryKib)} of memory; ${topology.pools.maxClients} clients over TLS and their servers take about ${mib(needed)}, and the kernel would kill it.`;
      return warning("pooler-memory", MAX_CLIENTS, message, `Give its node ${mib(needed)}, or lower pools.max_clients.`);
    });
};
