import type { Topology } from "@matriarch/topology";
import { serverConnections } from "./pools.ts";

/** Listeners, console, log, epoll, and the files that a reload opens. */
const RESERVED_DESCRIPTORS = 64;

/**
 * File descriptors that one PgBouncer needs when every client is there and every pool is full. PgBouncer takes its soft
 * limit as it is: it does not raise it, and refuses clients beyond (`main.c`, `check_limits`).
 */
export function pgbouncerDescriptors(topology: Topology): number {
  return topology.pools.maxClients + serverConnections(topology) + RESERVED_DESCRIPTORS;
}

const PROCESS_KIB = 16 * 1024;

/** A connection with TLS: 20 to 30 kB (PgBouncer's changelog, 1.7.1). */
const CONNECTION_KIB = 30;

/** KiB that one PgBouncer takes then. */
export function pgbouncerMemory(topology: Topology): number {
  return PROCESS_KIB + CONNECTION_KIB * (topology.pools.maxClients + serverConnections(topology));
}
