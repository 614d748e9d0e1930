import type { Step } from "../history/event.ts";
import type { Work } from "./attempt.ts";
import { type Client, type Task, task } from "./client.ts";
import { SERVER_COLUMNS, type ServerRow } from "./server.ts";
import { writableServices } from "./ways.ts";
import { type Ground, lossLimit, type Workload } from "./workload.ts";

/** Lists in use at once. */
const LISTS = 3;
/** A list that has been given as many values is left, and the next one begun: whoever reads reads all of it. */
const FULL = 24;
const MOST_STEPS = 4;
const CLIENTS = 3;
const PACE = { deadline: 3000, interval: 300 } as const;
/** No order explains a transaction, so that it was undone. */
const CONFLICTS = ["40001", "40P01"] as const;

/** The steps of transactions: of each of some lists, one after the other. */
function chooser({ history, chance }: Ground): () => Step[] {
  const appended = Array.from({ length: LISTS }, () => 0);
  const listAt = (place: number) => place + LISTS * Math.floor((appended[place] ?? 0) / FULL);
  return () =>
    Array.from({ length: 1 + Math.floor(chance() * MOST_STEPS) }, (): Step => {
      const place = Math.floor(chance() * LISTS);
      const list = listAt(place);
      if (chance() < 0.5) return ["read", list];
      appended[place] = (appended[place] ?? 0) + 1;
      return ["append", list, history.next()];
    });
}

function transacting(table: string, steps: readonly Step[]): Work<"transact"> {
  const read = `SELECT items FROM ${table} WHERE list = $1`;
  const append = `INSERT INTO ${table} VALUES ($1, ARRAY[$2::int]) ON CONFLICT (list) DO UPDATE SET items = ${table}.items || excluded.items`;
  return {
    begin: "BEGIN ISOLATION LEVEL SERIALIZABLE",
    place: steps.some(([kind]) => kind === "append") ? "write" : "read",
    expected: CONFLICTS,
    body: async (send) => {
      const [server] = await send<ServerRow>(`SELECT ${SERVER_COLUMNS}`);
      const result: (readonly number[] | null)[] = [];
      for (const [kind, list, value] of steps) {
        const rows = await send<{ items: number[] }>(kind === "read" ? read : append, kind === "read" ? [list] : [list, value]);
        result.push(kind === "read" ? (rows[0]?.items ?? []) : null);
      }
      return { result, server };
    },
  };
}

function clients(ground: Ground, table: string): Client[] {
  const services = writableServices(ground.cluster.facts);
  const choose = chooser(ground);
  const next = (): Task => {
    const steps = choose();
    return task({ f: "transact", key: table, value: steps }, transacting(table, steps));
  };
  return Array.from({ length: CLIENTS }, (_, position): Client => {
    const endpoint = services[position % services.length] ?? "";
    return { endpoint, session: "persistent", pace: PACE, schedule: "when free", next };
  });
}

/** Lists that transactions read and append to, several at once. */
export const listAppendWorkload: Workload = {
  id: "lists",
  claims: () => ({ lists: "Transactions on lists are serializable, in the order of real time." }),
  create: (table) => [`CREATE TABLE ${table} (list int PRIMARY KEY, items int[] NOT NULL)`],
  drop: (table) => [`DROP TABLE ${table}`],
  clients,
  requests: ({ facts, table, id }) => [{ check: "list-append", claim: id("lists"), limit: lossLimit(facts), facts: { key: table } }],
};
