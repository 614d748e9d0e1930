import type { Work } from "./attempt.ts";
import { type Client, type Task, task } from "./client.ts";
import { createForbidden, dropForbidden, readingAndTrying } from "./refused.ts";
import { SERVER_COLUMNS, type ServerRow } from "./server.ts";
import { readableServices, writableServices } from "./ways.ts";
import type { Ground, Workload } from "./workload.ts";

const ACCOUNTS = 8;
const BALANCE = 100;
const MOST = 20;
const PACE = { deadline: 3000, interval: 500 } as const;
/** Two transfers met, or wanted the same two accounts the other way round. */
const CONFLICTS = ["40001", "40P01"] as const;

interface Transfer {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

function transferring(table: string, { from, to, amount }: Transfer): Work<"transfer"> {
  return {
    begin: "BEGIN ISOLATION LEVEL REPEATABLE READ",
    place: "write",
    expected: CONFLICTS,
    body: async (send) => {
      const take = `UPDATE ${table} SET balance = balance - $2 WHERE account = $1 AND balance >= $2 RETURNING ${SERVER_COLUMNS}`;
      const [server] = await send<ServerRow>(take, [from, amount]);
      if (!server) throw new Error(`account ${from} holds less than ${amount}`);
      await send(`UPDATE ${table} SET balance = balance + $2 WHERE account = $1`, [to, amount]);
      return { result: null, server };
    },
  };
}

/** All balances, in two statements: only a snapshot that both share holds them together. */
function countingUp(table: string): Work<"read-accounts"> {
  const half = ACCOUNTS / 2;
  return {
    begin: "BEGIN ISOLATION LEVEL REPEATABLE READ",
    place: "read",
    body: async (send) => {
      const lower = await send<ServerRow & { balance: number }>(
        `SELECT balance, ${SERVER_COLUMNS} FROM ${table} WHERE account < $1 ORDER BY account`,
        [half],
      );
      const upper = await send<{ balance: number }>(`SELECT balance FROM ${table} WHERE account >= $1 ORDER BY account`, [half]);
      return { result: [...lower, ...upper].map(({ balance }) => balance), server: lower[0] };
    },
  };
}

function someTransfer({ chance }: Ground, table: string): Task {
  const from = Math.floor(chance() * ACCOUNTS);
  const to = (from + 1 + Math.floor(chance() * (ACCOUNTS - 1))) % ACCOUNTS;
  const value = { from, to, amount: 1 + Math.floor(chance() * MOST) };
  return task({ f: "transfer", key: table, value }, transferring(table, value));
}

function clients(ground: Ground, table: string): Client[] {
  const { history, cluster } = ground;
  const { facts } = cluster;
  const common = { session: "persistent", pace: PACE, schedule: "when free" } as const;
  const count = () => task({ f: "read-accounts", key: table, value: null }, countingUp(table));
  return [
    ...writableServices(facts).map((endpoint): Client => ({ ...common, endpoint, next: () => someTransfer(ground, table) })),
    ...writableServices(facts).map((endpoint): Client => ({ ...common, endpoint, next: count })),
    ...readableServices(facts).map((endpoint): Client => ({ ...common, endpoint, next: readingAndTrying(history, table, count) })),
  ];
}

/** Money that moves between accounts. */
export const bankWorkload: Workload = {
  id: "bank",
  claims: () => ({ bank: "Every reading of all accounts, on every node, has the same sum, and none below zero." }),
  create: (table) => [
    `CREATE TABLE ${table} (account int PRIMARY KEY, balance int NOT NULL)`,
    `INSERT INTO ${table} SELECT account, ${BALANCE} FROM generate_series(0, ${ACCOUNTS - 1}) AS account`,
    createForbidden(table),
  ],
  drop: (table) => [`DROP TABLE ${table}`, dropForbidden(table)],
  clients,
  requests: ({ table, id }) => [
    { check: "bank", claim: id("bank"), limit: null, facts: { key: table, accounts: ACCOUNTS, total: ACCOUNTS * BALANCE } },
  ],
};
