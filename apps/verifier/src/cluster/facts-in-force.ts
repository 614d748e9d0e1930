import { membersWith, memberWith } from "./cluster.ts";
import type { Looks } from "./looks.ts";
import { askPatroni } from "./patroni.ts";

/** How a daemon tells its version, and where in its answer. */
const VERSIONS = {
  postgresql: { command: ["postgres", "--version"], pattern: /PostgreSQL\) (\S+)/ },
  etcd: { command: ["etcd", "--version"], pattern: /etcd Version: (\S+)/ },
  haproxy: { command: ["haproxy", "-v"], pattern: /version (\S+)/ },
  pgbouncer: { command: ["pgbouncer", "--version"], pattern: /PgBouncer (\S+)/ },
} as const;

/** Versions of the daemons as they tell them, by daemon; Patroni's beside PostgreSQL's. */
export async function versionsOf(cluster: Looks): Promise<Record<string, string>> {
  const roles = Object.entries(VERSIONS) as [keyof typeof VERSIONS, (typeof VERSIONS)[keyof typeof VERSIONS]][];
  const present = roles.filter(([role]) => membersWith(cluster.facts, role).length > 0);
  const told = present.map(async ([role, { command, pattern }]): Promise<[string, string]> => {
    const { stdout, stderr } = await cluster.run(memberWith(cluster.facts, role), command);
    return [role, pattern.exec(stdout + stderr)?.[1] ?? "unknown"];
  });
  const { stdout } = await cluster.run(memberWith(cluster.facts, "postgresql"), ["patroni", "--version"]);
  return Object.fromEntries([...(await Promise.all(told)), ["patroni", /patroni (\S+)/.exec(stdout)?.[1] ?? "unknown"]]);
}

/** Patroni's dynamic configuration in force, as the REST API of the first node that answers gives it. Throws when none does. */
export async function dynamicConfigOf(cluster: Looks): Promise<Record<string, unknown>> {
  const nodes = membersWith(cluster.facts, "postgresql");
  const answers = nodes.map(async (node) => {
    const { status, body } = await askPatroni(cluster, node, { path: "/config" });
    if (status !== 200) throw new Error(`/config of ${node.name} answers ${status}`);
    return JSON.parse(body) as Record<string, unknown>;
  });
  return Promise.any(answers).catch((error: AggregateError) => {
    throw new Error(`no node tells its dynamic configuration: ${error.errors.map(String).join("; ")}`, { cause: error });
  });
}
