import { membersWith } from "../../cluster/cluster.ts";
import { serviceFor } from "../../cluster/services.ts";
import { query } from "../../cluster/sessions.ts";
import { type Regression, stepsScenario } from "./regression.ts";

/** More than a pool has server connections that were used last: each of them would be met. */
const CLIENTS = 12;

const SETTINGS =
  "SELECT current_database() AS database, current_setting('search_path') AS path, current_setting('statement_timeout') AS timeout";

interface Settings {
  readonly database: string;
  readonly path: string;
  readonly timeout: string;
}

export const dumpLeavesSessionsAlone: Regression = {
  id: "pgbouncer-452",
  sources: ["pgbouncer#452", "pgbouncer#396"],
  hole: "A pg_dump through the pooler, even one that failed, left its empty search_path on the server connection: for minutes the clients that got it found none of their tables.",
  closedBy: "`./cluster dump` runs pg_dump on the primary's node, past the pooler; the bundle's README names it where people look.",
  broughtBackBy: stepsScenario({
    id: "pgbouncer-452",
    title: "A database is dumped while clients use its pool",
    rows: ["A8"],
    limit: 120,
    unavailable: (facts) => (membersWith(facts, "pgbouncer").length > 0 ? null : "there is no pooler"),
    text: "After a dump every client of the pool has the settings that it had before.",
    look: async ({ cluster }) => {
      const { facts } = cluster;
      const service = serviceFor(facts, { through: "pooler", access: "rw" });
      const [before] = await query<Settings>(facts, service, SETTINGS);
      if (before === undefined) throw new Error(`${service} answers nothing`);
      await cluster.follow(`./cluster dump ${before.database} - > /dev/null`);
      const wrong: string[] = [];
      for (let client = 0; client < CLIENTS; client++) {
        const [after] = await query<Settings>(facts, service, SETTINGS);
        if (after?.path !== before.path || after.timeout !== before.timeout)
          wrong.push(`after the dump a client has search_path "${after?.path}" and statement_timeout ${after?.timeout}`);
      }
      return { wrong, evidence: { clients: CLIENTS } };
    },
  }),
};
