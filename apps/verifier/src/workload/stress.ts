import type { SessionKind } from "../history/event.ts";
import type { Recorder } from "../history/recorder.ts";
import type { Work } from "./attempt.ts";
import { type Client, type Pace, task } from "./client.ts";
import { SERVER_COLUMNS, type ServerRow } from "./server.ts";
import { adding } from "./set.ts";

/** What one client of a load does: transactions, again and again in their order. */
export interface StressKind {
  readonly endpoint: string;
  readonly session: SessionKind;
  readonly cycle: readonly ("add" | "read")[];
}

/**
 * A new session takes a handshake with certificates on both sides and a SCRAM exchange, which cost the machine twenty times what
 * a statement does.
 */
const PACES: Readonly<Record<SessionKind, Pace>> = {
  persistent: { deadline: 3000, interval: 50 },
  "per-operation": { deadline: 3000, interval: 250 },
};

/** One row of the set, whichever: what is read does not matter here. */
function reading(key: string): Work<"read"> {
  return {
    begin: "BEGIN",
    place: "read",
    body: async (send) => {
      const text = `SELECT (SELECT value FROM ${key} LIMIT 1) AS found, ${SERVER_COLUMNS}`;
      const [row] = await send<ServerRow & { found: string | null }>(text);
      return { result: row?.found == null ? null : Number(row.found), server: row };
    },
  };
}

/** A client that sends by the clock: who waits for a slow server would ask it less often. */
export function stressClient({ endpoint, session, cycle }: StressKind, history: Recorder, key: string): Client {
  const tasks = {
    add: () => {
      const value = history.next();
      return task({ f: "add", key, value }, adding(key, value));
    },
    read: () => task({ f: "read", key, value: null }, reading(key)),
  };
  const next = (position: number) => tasks[cycle[position % cycle.length] ?? "read"]();
  return { endpoint, session, pace: PACES[session], schedule: "open loop", next };
}
