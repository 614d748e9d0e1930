import type { PostgresqlMember, Topology } from "@matriarch/topology";
import { deriveLocalParameters } from "../derive/parameters.ts";
import { BACKEND_KIB, MAINTENANCE_WORKERS } from "../settings/memory.ts";
import { parseSize, SIZE_UNITS } from "../settings/size.ts";
import { error, type PatroniRule } from "./finding.ts";

interface Demand {
  readonly what: string;
  readonly kib: number;
}

/** What the parameters promise on one node, the topology's own included; nothing for a size that cannot be read. */
function demands(topology: Topology, member: PostgresqlMember): Demand[] {
  const parameters = deriveLocalParameters(topology, member);
  const size = (name: string) => parseSize(parameters[name] ?? 0, SIZE_UNITS.get(name) ?? "kB") ?? 0;
  const { maxConnections } = topology.connections;
  return [
    { what: "shared_buffers", kib: size("shared_buffers") },
    { what: `${maxConnections} connections`, kib: maxConnections * BACKEND_KIB },
    { what: "work_mem for half of them", kib: (maxConnections / 2) * size("work_mem") },
    { what: `maintenance_work_mem for ${MAINTENANCE_WORKERS}`, kib: MAINTENANCE_WORKERS * size("maintenance_work_mem") },
  ];
}

const mebibytes = (kib: number) => `${Math.round(kib / 1024)} MiB`;

/** Without swap the kernel kills what does not fit: usually the postmaster, with every session. */
export const memoryExceedsNode: PatroniRule = (topology) =>
  topology.postgresql.flatMap((member) => {
    const parts = demands(topology, member);
    const sum = parts.reduce((total, { kib }) => total + kib, 0);
    if (sum <= member.memoryKib) return [];
    const list = parts.map(({ what, kib }) => `${what} ${mebibytes(kib)}`).join(", ");
    const message = `${member.name} has ${mebibytes(member.memoryKib)} of memory, and PostgreSQL may take ${mebibytes(sum)} of it: ${list}.`;
    const hint = 'Give the node more memory, or lower "postgresql.max_connections" or the parameter that takes the most.';
    return [error("memory-exceeds-node", ["nodes", member.node, "resources", "memory"], message, hint)];
  });
