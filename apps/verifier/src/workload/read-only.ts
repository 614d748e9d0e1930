import { serviceFor } from "../cluster/services.ts";
import type { BundleFacts } from "../cluster/bundle.ts";
import type { Work } from "./attempt.ts";
import { type Client, task } from "./client.ts";
import { createForbidden, dropForbidden, readingAndTrying } from "./refused.ts";
import { SERVER_COLUMNS, type ServerRow } from "./server.ts";
import { readableServices } from "./ways.ts";
import type { Ground, Workload } from "./workload.ts";

/** Milliseconds. A heartbeat is as fine as staleness can be told. */
const PACES = {
  beat: { deadline: 3000, interval: 50 },
  read: { deadline: 3000, interval: 100 },
  knock: { deadline: 3000, interval: 500 },
} as const;
function beating(table: string, value: number): Work<"beat"> {
  return {
    begin: "BEGIN",
    place: "write",
    body: async (send) => {
      const [server] = await send<ServerRow>(`INSERT INTO ${table} (beat) VALUES ($1) RETURNING ${SERVER_COLUMNS}`, [value]);
      return { result: null, server };
    },
  };
}

/** On a primary nothing waits to be replayed. */
const LAG = "greatest(coalesce(pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), 0), 0)::float8";

function readingBeat(table: string): Work<"read-beat"> {
  return {
    begin: "BEGIN",
    place: "read",
    body: async (send) => {
      const text = `SELECT coalesce((SELECT max(beat) FROM ${table}), 0) AS beat, ${LAG} AS lag, ${SERVER_COLUMNS}`;
      const [row] = await send<ServerRow & { beat: number; lag: number }>(text);
      return { result: { beat: row?.beat ?? 0, lag: row?.lag ?? 0 }, server: row };
    },
  };
}

function clients({ cluster: { facts }, history }: Ground, table: string): Client[] {
  const balancer = serviceFor(facts, { through: "balancer", access: "rw" });
  const direct = serviceFor(facts, { through: "balancer", access: "ro" });
  const beat = () => {
    const value = history.next();
    return task({ f: "beat", key: table, value }, beating(table, value));
  };
  const read = () => task({ f: "read-beat", key: table, value: null }, readingBeat(table));
  const next = readingAndTrying(history, table, read);
  const common = { schedule: "when free", next } as const;
  return [
    { endpoint: balancer, session: "persistent", pace: PACES.beat, schedule: "when free", next: beat },
    ...readableServices(facts).map((endpoint): Client => ({ ...common, endpoint, session: "persistent", pace: PACES.read })),
    // Each time a new one: led by the balancer to whoever is fit at that moment.
    { ...common, endpoint: direct, session: "per-operation", pace: PACES.knock },
  ];
}

/** What a pool that gives servers away between transactions cannot promise. */
function poolLimit({ promises }: BundleFacts): string | null {
  if (promises.pools.mode === "session") return null;
  return "The pooler may give each transaction another server: a session through it may see an older state than before.";
}

/** Past the pooler nobody tells the primary that this session is for reading. */
function fallbackLimit({ promises }: BundleFacts): string | null {
  if (!promises.reads.primaryAsFallback) return null;
  return "While no replica is fit, the primary answers on the read-only port; to who comes past the pooler it does not refuse writes.";
}

/** Heartbeats on the primary, and readers of them where replicas answer. */
export const readOnlyWorkload: Workload = {
  id: "beats",
  claims: () => ({
    staleness: "No read through the read-only services is staler than its bound.",
    monotonic: "A session through the read-only services never goes back in time.",
    "own-writes": "Who has written finds it through the read-only services; how long that takes is measured.",
    refusals: "The read-only services let nobody write.",
  }),
  create: (table) => [`CREATE TABLE ${table} (beat int PRIMARY KEY)`, createForbidden(table)],
  drop: (table) => [`DROP TABLE ${table}`, dropForbidden(table)],
  clients,
  requests: ({ facts, table, id, stalenessBound: bound, limits }) => {
    const endpoints = readableServices(facts);
    const [pooled = "", direct = ""] = endpoints;
    const of = (...some: readonly string[]) => ({ key: table, endpoints: some });
    return [
      { check: "staleness", claim: id("staleness"), limit: limits.stale, facts: { ...of(...endpoints), bound } },
      { check: "monotonic-reads", claim: id("monotonic"), limit: null, facts: of(direct) },
      { check: "monotonic-reads", claim: id("monotonic"), limit: poolLimit(facts), facts: of(pooled) },
      { check: "own-writes", claim: id("own-writes"), limit: null, facts: { ...of(...endpoints), bound: null } },
      { check: "refusals", claim: id("refusals"), limit: null, facts: { endpoints: [pooled] } },
      { check: "refusals", claim: id("refusals"), limit: fallbackLimit(facts), facts: { endpoints: [direct] } },
    ];
  },
};
