import type { Danger } from "@matriarch/topology";
import { hasWorthlessSuite } from "./forms.ts";

export const WORTHLESS_SUITE: Danger = {
  when: (value, { platform }) => hasWorthlessSuite(String(value), platform.id),
  because: "the list has suites without encryption or without authentication, and a peer may choose one of them",
  instead: "Add `:!aNULL:!eNULL`, or leave it out.",
};

/** Users, databases and application names of 63 bytes, and the options that drivers send. */
const STARTUP_BYTES = 1024;

export const SMALL_BUFFER: Danger = {
  when: (value) => Number(value) < STARTUP_BYTES,
  because: "a login has to fit into one buffer, and that of a client with long names and options does not",
  instead: "Leave it out: the default is 4096.",
};

export const LARGE_BUFFER: Danger = {
  when: (value) => Number(value) > 2 ** 16,
  because: "each connection that is busy takes as much memory, and PgBouncer asks for some dozens of them at once",
  instead: "Leave it out: the default is 4096, and larger packets pass through it in pieces.",
};

export const SMALL_PACKETS: Danger = {
  when: (value) => Number(value) < 2 ** 20,
  because: "a query or a row that is larger ends its connection with an error",
  instead: "Leave it out: the default is what PostgreSQL can send.",
};

export const LARGER_THAN_POOL: Danger = {
  when: (value, { connections }) => Number(value) > connections.poolSize,
  because: "a pool never holds more than its size, so that the rest is not in force",
  instead: 'Set it to "pools.size" or less.',
};

export const NO_SUCH_FILE: Danger = {
  when: (value) => value !== "" && value !== "/etc/resolv.conf",
  because: "the container has no such file: PgBouncer then asks no name server, and says nothing",
  instead: "Leave it out: /etc/resolv.conf is read.",
};

export const NO_AVERAGES: Danger = {
  when: (value) => value === 0,
  because: "the averages are computed once, at the start, and never again",
  instead: "Leave it out: the default is a minute.",
};

export const NOBODY_IS_FAST_ENOUGH: Danger = {
  when: (value) => Number(value) > 0 && Number(value) < 1,
  because: "a login over TLS with SCRAM takes a part of that on a busy machine, and the client is turned away",
  instead: "Set it to some seconds, or leave it out.",
};

export const NO_SIMPLE_QUERIES: Danger = {
  when: (value) => value === true || value === 1,
  because: "psql, pg_dump and the console send simple queries: all of them are refused",
  instead: "Leave it out.",
};
