import { PORTS } from "@matriarch/topology";
import { publishedPort } from "../cluster/cluster.ts";
import { serviceFor } from "../cluster/services.ts";
import type { Work } from "./attempt.ts";
import { type Client, type Task, task } from "./client.ts";
import { SERVER_COLUMNS, type ServerRow } from "./server.ts";
import { writableServices } from "./ways.ts";
import { type Ground, lossLimit, type Workload } from "./workload.ts";

const REGISTERS = 2;
/** Sessions of each service. */
const SESSIONS = 2;
const PACE = { deadline: 3000, interval: 500 } as const;

function writing(table: string, register: number, value: number): Work<"write"> {
  return {
    begin: "BEGIN",
    place: "write",
    body: async (send) => {
      const [server] = await send<ServerRow>(`UPDATE ${table} SET value = $2 WHERE id = $1 RETURNING ${SERVER_COLUMNS}`, [register, value]);
      return { result: null, server };
    },
  };
}

/** `fromPrimary`: what a standby answers is worth nothing. */
function reading(table: string, register: number, fromPrimary: boolean): Work<"read"> {
  return {
    begin: "BEGIN",
    place: "read",
    body: async (send) => {
      const [row] = await send<ServerRow & { value: number | null }>(`SELECT value, ${SERVER_COLUMNS} FROM ${table} WHERE id = $1`, [
        register,
      ]);
      if (fromPrimary && row?.standby) throw new Error("the node is a standby now");
      return { result: row?.value ?? null, server: row };
    },
  };
}

/** A write or a read of some register. */
function step({ history, chance }: Ground, table: string, fromPrimary: boolean): Task {
  const register = Math.floor(chance() * REGISTERS);
  const key = `${table} ${register}`;
  if (chance() < 0.5) return task({ f: "read", key, value: null }, reading(table, register, fromPrimary));
  const value = history.next();
  return task({ f: "write", key, value }, writing(table, register, value));
}

/** Sessions that last, which is where a deposed primary still answers; and one that goes to the primary of the beginning, past everything. */
function clients(ground: Ground, table: string): Client[] {
  const { cluster, primary } = ground;
  const common = { session: "persistent", pace: PACE, schedule: "when free" } as const;
  const service = serviceFor(cluster.facts, { through: "balancer", access: "rw" });
  const target = { service, port: publishedPort(primary, PORTS.postgresql) };
  return [
    ...writableServices(cluster.facts).flatMap((endpoint) =>
      Array.from({ length: SESSIONS }, (): Client => ({ ...common, endpoint, next: () => step(ground, table, false) })),
    ),
    // Whatever leads to the primary cuts off who was led there before; this one nobody cuts off, and it asks who answers.
    { ...common, endpoint: primary.name, target, next: () => step(ground, table, true) },
  ];
}

/** Registers that are written and read where the primary is, and where it was. */
export const registerWorkload: Workload = {
  id: "register",
  claims: () => ({
    register: "Reads and writes of a register are linearizable through the read-write services.",
    pinned: "They are for a client as well that stays with the primary of the beginning, past the balancer.",
  }),
  create: (table) => [
    `CREATE TABLE ${table} (id int PRIMARY KEY, value int)`,
    `INSERT INTO ${table} SELECT register FROM generate_series(0, ${REGISTERS - 1}) AS register`,
  ],
  drop: (table) => [`DROP TABLE ${table}`],
  clients,
  requests: ({ facts, id, primary, limits }) => [
    { check: "register", claim: id("register"), limit: lossLimit(facts), facts: { endpoints: writableServices(facts) } },
    { check: "register", claim: id("pinned"), limit: limits.deposed ?? lossLimit(facts), facts: { endpoints: [primary.name] } },
  ],
};
