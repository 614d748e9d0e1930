import type { Topology } from "@matriarch/topology";

/** Kept for the statistics, so that they answer while both ports are full. */
const STATS_CONNECTIONS = 100;

/** Listeners, pollers, logs, pipes between master and worker, and every check at once. */
const RESERVED_DESCRIPTORS = 200;

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
  return { port, stats: STATS_CONNECTIONS, process, fileDescriptors: 2 * process + RESERVED_DESCRIPTORS };
}

/** Hours after which an idle session is taken for a lost one: `timeout client` and `timeout server` of haproxy.cfg. */
export const IDLE_HOURS = 24;

/** How many intervals a check may take. A node that is slow to answer is not yet a dead one: connecting takes one at most. */
export const CHECK_TIMEOUT_INTERVALS = 2;
