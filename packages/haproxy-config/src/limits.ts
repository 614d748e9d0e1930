import type { Member, Topology } from "@matriarch/topology";

/** Kept for the statistics, so that they answer while both ports are full. */
const STATS_CONNECTIONS = 100;

/** Listeners, logs, and pipes between master and worker. */
const RESERVED_DESCRIPTORS = 200;

/** A poller and a pipe of two ends (haproxy.c, `global.maxsock`). */
const DESCRIPTORS_PER_THREAD = 3;

/** A node is a server of every backend, each of which may check it in the same moment. */
const CHECKS_PER_NODE = 8;

/** One group of threads in HAProxy 3. */
const MOST_THREADS = 64;

/** Threads of one HAProxy process where the topology says nothing: a whole processor each. */
export function usualThreads({ cpus }: Pick<Member, "cpus">): number {
  return Math.min(MOST_THREADS, Math.max(1, Math.floor(cpus)));
}

function threadsOf({ parameters }: Topology, member: Pick<Member, "cpus">): number {
  const written = Number(parameters.haproxy["nbthread"]);
  return Number.isInteger(written) && written > 0 ? written : usualThreads(member);
}

/** Processes that are there at once: the old one keeps its sessions after a reload, and another reload may follow meanwhile. */
const GENERATIONS = 4;

/** The master, the health check, and an operator's shell. */
const OTHER_PROCESSES = 48;

/** Processes and threads of one HAProxy (haproxy#134). */
export function processesOf(topology: Topology, member: Pick<Member, "cpus">): number {
  return Math.max(64, OTHER_PROCESSES + GENERATIONS * (1 + threadsOf(topology, member)));
}

/** Connections that one HAProxy accepts, and the file descriptors that it needs for them. */
export interface Limits {
  /** On each of the two ports: `balancer.max_connections`. */
  readonly port: number;
  readonly stats: number;
  readonly process: number;
  /**
   * Two for every connection: one to the client, one to the server. HAProxy raises its own limit to what it needs and
   * does not start where the hard limit (`ulimit -Hn`) is lower.
   */
  readonly fileDescriptors: number;
}

export function limitsOf(topology: Topology): Limits {
  const port = topology.balancer.maxConnections;
  const process = 2 * port + STATS_CONNECTIONS;
  const threads = Math.max(1, ...topology.haproxy.map((member) => threadsOf(topology, member)));
  const checks = CHECKS_PER_NODE * topology.postgresql.length;
  const fileDescriptors = 2 * process + DESCRIPTORS_PER_THREAD * threads + checks + RESERVED_DESCRIPTORS;
  return { port, stats: STATS_CONNECTIONS, process, fileDescriptors };
}

/** Hours after which an idle session is taken for a lost one: `timeout client` and `timeout server` of haproxy.cfg. */
export const IDLE_HOURS = 24;
