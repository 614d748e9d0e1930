import { membersWith } from "../cluster/cluster.ts";
import { askConsole } from "../cluster/pgbouncer.ts";
import { serviceFor } from "../cluster/services.ts";
import { failureCode, openSession, query } from "../cluster/sessions.ts";
import { pooledServices, REFUSED_BY_POOLER } from "./access/places.ts";
import type { Component, Probe } from "./probe.ts";

const aliases: Probe = {
  id: "pgbouncer-aliases",
  text: "Every alias of every database takes its role's password, refuses a wrong one, and leads where its name says.",
  look: async (cluster) => {
    const wrong: string[] = [];
    for (const service of pooledServices(cluster)) {
      const [place] = await query<{ standby: boolean }>(cluster.facts, service, "SELECT pg_is_in_recovery() AS standby");
      const alias = cluster.facts.services.get(service)?.["dbname"] ?? "";
      if (place?.standby !== alias.endsWith("_ro")) wrong.push(`${service} leads to ${place?.standby ? "a standby" : "the primary"}`);
      const code = await failureCode(query(cluster.facts, service, "SELECT 1", [], { password: "wrong" }));
      if (code !== REFUSED_BY_POOLER) wrong.push(`${service} answers a wrong password with ${code ?? "a session"}`);
    }
    return { wrong, evidence: { services: pooledServices(cluster).length } };
  },
};

const pools: Probe = {
  id: "pgbouncer-pools",
  text: "No client waits in any pool while nobody hurts the cluster, and no pool is larger than it may be.",
  look: async (cluster) => {
    const wrong: string[] = [];
    let seen = 0;
    for (const pooler of membersWith(cluster.facts, "pgbouncer")) {
      const limits = new Map((await askConsole(cluster, pooler, "SHOW DATABASES")).map((row) => [row["name"], Number(row["pool_size"])]));
      for (const pool of await askConsole(cluster, pooler, "SHOW POOLS")) {
        const name = `${pooler.name}: the pool of ${pool["user"]} in ${pool["database"]}`;
        const servers = ["sv_active", "sv_idle", "sv_used", "sv_tested", "sv_login"].reduce((sum, key) => sum + Number(pool[key] ?? 0), 0);
        const limit = limits.get(pool["database"]) ?? 0;
        seen += 1;
        if (Number(pool["cl_waiting"]) > 0) wrong.push(`${name} lets ${pool["cl_waiting"]} clients wait`);
        if (pool["database"] !== "pgbouncer" && servers > limit) wrong.push(`${name} holds ${servers} servers, of ${limit}`);
      }
    }
    return { wrong, evidence: { pools: seen } };
  },
};

/** Clients that take turns, so that a statement meets servers on which another client prepared it, or nobody. */
const CLIENTS = 4;

const prepared: Probe = {
  id: "pgbouncer-prepared",
  text: "A prepared statement works in transaction mode, on whatever server a transaction gets.",
  look: async (cluster) => {
    const service = serviceFor(cluster.facts, { through: "pooler", access: "rw" });
    const sessions = await Promise.all(Array.from({ length: CLIENTS }, () => openSession(cluster.facts, service)));
    const statement = { name: "matriarch_verifier", text: "SELECT $1::int + 1 AS next, pg_backend_pid() AS server" };
    const servers = new Set<number>();
    const wrong: string[] = [];
    try {
      for (let round = 0; round < 5; round++) {
        const answers = await Promise.all(
          sessions.map((session, at) => session.query<{ next: number; server: number }>({ ...statement, values: [round * CLIENTS + at] })),
        );
        for (const [at, { rows }] of answers.entries()) {
          if (rows[0]?.next !== round * CLIENTS + at + 1) wrong.push(`client ${at} got ${rows[0]?.next} in round ${round}`);
          if (rows[0]) servers.add(rows[0].server);
        }
      }
    } finally {
      await Promise.all(sessions.map((session) => session.end()));
    }
    return { wrong, evidence: { executions: 5 * CLIENTS, servers: servers.size } };
  },
};

export const pgbouncer: Component = {
  id: "pgbouncer",
  title: "PgBouncer: aliases, pools, prepared statements",
  rows: ["A8", "A18"],
  probes: [aliases, pools, prepared],
  limit: 60,
};
