import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { BundleFacts } from "../../cluster/bundle.ts";
import { membersWith } from "../../cluster/cluster.ts";
import { serviceFor } from "../../cluster/services.ts";
import { failureCode, openSession } from "../../cluster/sessions.ts";
import { type Regression, stepsScenario } from "./regression.ts";

/** PostgreSQL's code for a query that was cancelled. */
const QUERY_CANCELED = "57014";
const CANCEL_REQUEST = 80877102;
/** Seconds that the query would take, and milliseconds before it is cancelled. */
const QUERY = 10;
const PAUSE = 1000;
const TIMES = 4;

/** As libpq's PQcancel does it: on a connection of its own, without TLS. Settles when the other side has hung up. */
async function sendCancel(facts: BundleFacts, service: string, key: { processID: number; secretKey: number }): Promise<void> {
  const settings = facts.services.get(service);
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(CANCEL_REQUEST, 4);
  request.writeInt32BE(key.processID, 8);
  request.writeInt32BE(key.secretKey, 12);
  await new Promise<void>((settle, fail) => {
    const socket = connect(Number(settings?.["port"]), settings?.["host"] ?? "localhost", () => socket.write(request));
    socket
      .resume()
      .once("error", fail)
      .once("close", () => settle());
  });
}

/** What became of a long query that was cancelled: the server's code, or `null` where it ran to its end. */
async function cancelQuery(facts: BundleFacts, service: string): Promise<string | null> {
  const session = await openSession(facts, service);
  try {
    const code = failureCode(session.query(`SELECT pg_sleep(${QUERY})`));
    await setTimeout(PAUSE);
    // The driver keeps the key and its types do not say so.
    await sendCancel(facts, service, session as unknown as { processID: number; secretKey: number });
    return await code;
  } finally {
    await session.end();
  }
}

export const cancelReachesItsSession: Regression = {
  id: "pgbouncer-666",
  sources: ["pgbouncer#666"],
  hole: "A request to cancel a query on the read-only port was balanced like a session: it reached another replica, and the query ran on.",
  closedBy: "The service `lua.cancel` of haproxy.cfg sends it to every node.",
  broughtBackBy: stepsScenario({
    id: "pgbouncer-666",
    title: "A query on the read-only port is cancelled",
    rows: ["A5", "A8"],
    limit: 120,
    unavailable: (facts) => (membersWith(facts, "postgresql").length > 2 ? null : "with one standby there is no other to reach"),
    text: `A query that is cancelled ends, on the read-only port and through the pooler, ${TIMES} times of ${TIMES}.`,
    look: async ({ cluster: { facts } }) => {
      const wrong: string[] = [];
      const ways = [
        ...(membersWith(facts, "haproxy").length > 0 ? (["balancer"] as const) : []),
        ...(membersWith(facts, "pgbouncer").length > 0 ? (["pooler"] as const) : []),
      ];
      for (const through of ways) {
        const service = serviceFor(facts, { through, access: "ro" });
        for (let time = 0; time < TIMES; time++) {
          const code = await cancelQuery(facts, service);
          if (code !== QUERY_CANCELED) wrong.push(`a cancelled query on ${service} ended with ${code ?? "its result"}`);
        }
      }
      return { wrong, evidence: { queries: ways.length * TIMES } };
    },
  }),
};
