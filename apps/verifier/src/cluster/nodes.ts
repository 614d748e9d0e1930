import { type BundleMember, nodeCalled } from "./bundle.ts";
import { memberNamed, membersWith } from "./cluster.ts";
import type { Looks } from "./looks.ts";

/** A standby, as the primary sees it. */
export interface Standby {
  readonly name: string;
  readonly state: string;
  readonly syncState: string;
}

/** The one column of a query that the superuser runs on the node itself. Throws when PostgreSQL does not answer there. */
export async function localQuery(cluster: Looks, node: BundleMember, text: string): Promise<string[]> {
  const { exitCode, stdout, stderr } = await cluster.run(node, ["psql", "-X", "-A", "-t", "-c", text]);
  if (exitCode !== 0) throw new Error(`${node.name}: ${stderr}`);
  return stdout.split("\n").filter((line) => line !== "");
}

/** Whether a node refuses writes. Throws when PostgreSQL does not answer there. */
export async function isInRecovery(cluster: Looks, node: BundleMember): Promise<boolean> {
  return (await localQuery(cluster, node, "SELECT pg_is_in_recovery()"))[0] === "t";
}

/** The nodes that take writes: what PostgreSQL itself says on each that answers. */
export async function primariesOf(cluster: Looks): Promise<BundleMember[]> {
  const nodes = membersWith(cluster.facts, "postgresql");
  const writable = await Promise.all(nodes.map(async (node) => !(await isInRecovery(cluster, node).catch(() => true))));
  return nodes.filter((_, position) => writable[position]);
}

/** The primary. Throws when there is none, or more than one. */
export async function primaryOf(cluster: Looks): Promise<BundleMember> {
  const primaries = await primariesOf(cluster);
  const [primary] = primaries;
  if (!primary || primaries.length > 1) throw new Error(`primaries: ${primaries.map(({ name }) => name).join(", ") || "none"}`);
  return primary;
}

/** The standbys that are connected to a primary. */
export async function standbysOf(cluster: Looks, primary: BundleMember): Promise<Standby[]> {
  const rows = await localQuery(cluster, primary, "SELECT application_name, state, sync_state FROM pg_stat_replication ORDER BY 1");
  return rows.map((row) => {
    const [instance = "", state = "", syncState = ""] = row.split("|");
    return { name: nodeCalled(cluster.facts, instance), state, syncState };
  });
}

/** The standby that a commit waits for. Throws when there is none. */
export async function synchronousStandbyOf(cluster: Looks): Promise<BundleMember> {
  const primary = await primaryOf(cluster);
  const standby = (await standbysOf(cluster, primary)).find(({ syncState }) => syncState === "sync");
  if (!standby) throw new Error(`${primary.name} has no synchronous standby`);
  return memberNamed(cluster.facts, standby.name);
}

/** The LSN at which a primary's timeline left the one before, from its own history file. Throws when it never did. */
export async function forkOf(cluster: Looks, primary: BundleMember): Promise<string> {
  const file = "format('pg_wal/%s.history', substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))";
  const lines = await localQuery(cluster, primary, `SELECT pg_read_file(${file})`);
  return lines.at(-1)?.split("\t")[1] ?? "";
}
