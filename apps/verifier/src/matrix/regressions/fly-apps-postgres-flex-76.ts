import { membersWith } from "../../cluster/cluster.ts";
import { serviceFor } from "../../cluster/services.ts";
import { openSession, query } from "../../cluster/sessions.ts";
import { type Regression, stepsScenario } from "./regression.ts";

/** What a driver's pool sends when it takes a connection back, or a person by hand. */
const RESETS = ["RESET ALL", "DISCARD ALL", "SET default_transaction_read_only = off"];
const CLIENTS = 4;

export const guardOutlivesReset: Regression = {
  id: "fly-apps-postgres-flex-76",
  sources: ["fly-apps/postgres-flex#76"],
  hole: "A RESET ALL on a `_ro` alias ended the read-only guard of the server connection: every client after it could write, where the primary served the reads.",
  closedBy:
    "`track_extra_parameters` of pgbouncer.ini names default_transaction_read_only: PgBouncer gives each client its own value of it.",
  broughtBackBy: stepsScenario({
    id: "fly-apps-postgres-flex-76",
    title: "The read-only guard outlives a client's RESET ALL",
    rows: ["A8"],
    limit: 60,
    unavailable: (facts) => (membersWith(facts, "pgbouncer").length > 0 ? null : "there is no pooler"),
    text: "After a client of a read-only alias has reset its session, every further client is still read-only.",
    look: async ({ cluster: { facts } }) => {
      const service = serviceFor(facts, { through: "pooler", access: "ro" });
      const wrong: string[] = [];
      for (const reset of RESETS) {
        const session = await openSession(facts, service);
        try {
          await session.query(reset);
        } finally {
          await session.end();
        }
        for (let client = 0; client < CLIENTS; client++) {
          const [row] = await query<{ guard: string }>(facts, service, "SELECT current_setting('default_transaction_read_only') AS guard");
          if (row?.guard !== "on") wrong.push(`after ${reset} by another client, ${service} is not read-only`);
        }
      }
      return { wrong, evidence: { clients: RESETS.length * CLIENTS } };
    },
  }),
};
