import type { Member, PostgresqlMember, Topology } from "@matriarch/topology";
import { deriveLocalParameters } from "./derive/parameters.ts";
import { mappingOf } from "./format/dynamic-yml.ts";
import { readNumber } from "./settings/literal.ts";

/** Beside the sessions and the workers: Patroni's threads, senders and helpers. */
const OTHER_PROCESSES = 256;

/** Processes and threads of one node: a session each, parallel workers for every processor. */
export function processesOf({ connections }: Topology, { cpus }: Pick<Member, "cpus">): number {
  return Math.max(1024, connections.maxConnections + Math.ceil(cpus) + OTHER_PROCESSES);
}

const BLOCKS_PER_MIB = 128;

/** What any disk writes of scattered pages in a second. */
const WRITTEN_MIB = 64;

/** Ending sessions, handing standbys the rest of the WAL, and giving the lease back. */
const ENDING = 20;

/** Enough for a node that has little to write. */
const SHORTEST = 60;

/**
 * Seconds that a clean shutdown may take: its checkpoint writes every changed page of shared_buffers. Killed in it, the node
 * recovers from its WAL at the next start instead, which takes longer.
 */
export function stopGraceOf(topology: Topology, member: PostgresqlMember): number {
  const buffers = mappingOf(deriveLocalParameters(topology, member))["shared_buffers"];
  const mib = (readNumber(buffers ?? 0, "integer", "8kB") ?? 0) / BLOCKS_PER_MIB;
  return Math.max(SHORTEST, ENDING + Math.ceil(mib / WRITTEN_MIB));
}
