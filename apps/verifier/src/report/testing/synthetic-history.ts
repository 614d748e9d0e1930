import type { Event } from "../../history/event.ts";

/** Nanoseconds of the verifier's clock when the scenario began. */
export const ORIGIN = 81_000_000_000_000;

const NODE1 = { node: "node1", role: "primary", timeline: 6, lsn: "0/5A001F8", postmasterStart: "2030-04-02 11:58:03.117+00" } as const;
const NODE2 = { node: "node2", role: "primary", timeline: 7, lsn: "0/5A00460", postmasterStart: "2030-04-02 11:58:05.940+00" } as const;

const ADD = { f: "add", key: "verifier_set", session: "persistent" } as const;
const READ = { f: "read-set", key: "verifier_set", value: null, session: "persistent" } as const;

function at(seconds: number): number {
  return ORIGIN + Math.round(seconds * 1e9);
}

/** A history in which a deposed primary acknowledges: two of its rows are gone at the end. */
export const SPLIT_HISTORY: readonly Event[] = [
  { i: 0, process: 3, ...ADD, value: 1841, endpoint: "app_rw", t: at(34.611), phase: "invoke" },
  { i: 1, process: 3, ...ADD, value: 1841, endpoint: "app_rw", t: at(34.627), phase: "ok", result: null, server: NODE2 },
  { i: 2, process: 9, ...ADD, value: 1842, endpoint: "node1, pinned", t: at(34.652), phase: "invoke" },
  { i: 3, process: 4, ...ADD, value: 1843, endpoint: "app_rw", t: at(34.66), phase: "invoke" },
  {
    i: 4,
    process: 4,
    ...ADD,
    value: 1843,
    endpoint: "app_rw",
    t: at(34.663),
    phase: "fail",
    error: { sqlstate: "25006", where: "write", message: "cannot execute INSERT in a read-only transaction" },
  },
  { i: 5, process: 9, ...ADD, value: 1842, endpoint: "node1, pinned", t: at(34.671), phase: "ok", result: null, server: NODE1 },
  { i: 6, process: 9, ...ADD, value: 1844, endpoint: "node1, pinned", t: at(34.69), phase: "invoke" },
  { i: 7, process: 9, ...ADD, value: 1844, endpoint: "node1, pinned", t: at(34.709), phase: "ok", result: null, server: NODE1 },
  { i: 8, process: 9, ...ADD, value: 1845, endpoint: "node1, pinned", t: at(34.733), phase: "invoke" },
  {
    i: 9,
    process: 9,
    ...ADD,
    value: 1845,
    endpoint: "node1, pinned",
    t: at(37.735),
    phase: "info",
    error: { sqlstate: null, where: "commit", message: "no answer within 3000 ms" },
    server: NODE1,
  },
  { i: 10, process: 12, ...READ, endpoint: "app_rw", t: at(58.2), phase: "invoke" },
  { i: 11, process: 12, ...READ, endpoint: "app_rw", t: at(58.214), phase: "ok", result: [1839, 1840, 1841], server: NODE2 },
];
