import type { Cluster } from "../../cluster/cluster.ts";
import { identityOf } from "../../cluster/identity.ts";
import { localQuery, primaryOf } from "../../cluster/nodes.ts";
import { type Way, serviceFor } from "../../cluster/services.ts";
import { failureCode, openSession, query } from "../../cluster/sessions.ts";
import { until } from "../../cluster/until.ts";
import type { Probe, Sighting } from "../probe.ts";
import { type Door, isDecision, together, tryDoors } from "./door.ts";
import { directServices } from "./places.ts";

const DENIED = ["42501"];
const READ_ONLY = ["25006"];
const TOO_MANY = "53300";

/** Statements of which nothing stays, in one message. */
function undone(...statements: readonly string[]): string {
  return ["BEGIN", ...statements, "ROLLBACK"].join("; ");
}

/** What no application may do, and by which codes it is refused. */
const FORBIDDEN: readonly (readonly [string, readonly string[]])[] = [
  ["CREATE TEMP TABLE access (line text); COPY access FROM PROGRAM 'id'", DENIED],
  ["CREATE TEMP TABLE access (line text); COPY access FROM '/etc/hostname'", DENIED],
  ["COPY (SELECT 1) TO PROGRAM 'true'", DENIED],
  ["COPY pg_class TO '/tmp/copied'", DENIED],
  ["SELECT pg_read_file('/etc/passwd')", DENIED],
  // Where the server takes no ALTER SYSTEM from anybody it says so first.
  ["ALTER SYSTEM SET work_mem = '1MB'", [...DENIED, "0A000"]],
  ["SELECT pg_promote()", DENIED],
  ["SELECT pg_reload_conf()", DENIED],
  ["SELECT rolpassword FROM pg_authid", DENIED],
  ["SELECT pgbouncer.lookup(current_user)", DENIED],
  ["SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'", DENIED],
  [undone("CREATE ROLE made_by_an_application"), DENIED],
  ["SET ROLE postgres", DENIED],
];

/** The role of each direct service: what an application may do. */
function forbidden(cluster: Cluster): Door[] {
  return directServices(cluster)
    .filter((service) => service.endsWith("-rw"))
    .map((service) => {
      const run = (text: string) => failureCode(query(cluster.facts, service, text));
      return {
        where: service,
        control: () => run("SELECT pg_backend_pid()"),
        attempts: FORBIDDEN.map(([text, refusals]) => ({ who: text, refusals, attempt: () => run(text) })),
      };
    });
}

interface Visitor {
  readonly service: string;
  readonly owns: boolean;
}

/** Whose schema `public` is: the owner of the database makes tables in it, nobody else does. */
async function inPublic(cluster: Cluster): Promise<Door[]> {
  const { facts } = cluster;
  const services = [...facts.services.keys()].filter((service) => /_rw(-.+)?$/.test(service));
  const visitors = await Promise.all(
    services.map(async (service): Promise<Visitor> => {
      const text = "SELECT datdba = current_user::regrole AS owns FROM pg_database WHERE datname = current_database()";
      const [row] = await query<{ owns: boolean }>(facts, service, text);
      return { service, owns: row?.owns ?? false };
    }),
  );
  const create = ({ service }: Visitor) => failureCode(query(facts, service, undone("CREATE TABLE public.made_by_access ()")));
  const owner = visitors.find(({ owns }) => owns);
  if (!owner) throw new Error("no service is that of a database's owner");
  return [
    {
      where: "the schema public",
      control: () => create(owner),
      attempts: visitors
        .filter(({ owns }) => !owns)
        .map((visitor) => ({ who: `CREATE TABLE at ${visitor.service}`, refusals: DENIED, attempt: () => create(visitor) })),
    },
  ];
}

/** A table that every node has, while `work` lasts. */
async function withTable<Value>(cluster: Cluster, work: (table: string) => Promise<Value>): Promise<Value> {
  const { facts } = cluster;
  const table = `access_${Date.now().toString(36)}`;
  const writing = serviceFor(facts, { through: "balancer", access: "rw" });
  await query(facts, writing, `CREATE TABLE ${table} (value text)`);
  try {
    const reading = serviceFor(facts, { through: "balancer", access: "ro" });
    await until(async () => (await failureCode(query(facts, reading, `SELECT FROM ${table}`))) === null, {
      within: 30,
      what: "a table is on the replicas",
      ended: cluster.ended,
    });
    return await work(table);
  } finally {
    await query(facts, writing, `DROP TABLE ${table}`);
  }
}

function readOnly(cluster: Cluster): Promise<Sighting> {
  const { facts } = cluster;
  return withTable(cluster, (table) => {
    const insert = (way: Way) => failureCode(query(facts, serviceFor(facts, way), `INSERT INTO ${table} VALUES ('access')`));
    const ways = (["balancer", "pooler"] as const).map((through): Door => ({
      where: `the ${through}`,
      control: () => insert({ through, access: "rw" }),
      attempts: [{ who: "INSERT on the read-only service", refusals: READ_ONLY, attempt: () => insert({ through, access: "ro" }) }],
    }));
    return tryDoors(ways);
  });
}

/** More sessions than a role may have, all at once: some are refused, for that reason alone. */
async function overLimit(cluster: Cluster, role: string, limit: number): Promise<Sighting> {
  const service = directServices(cluster).find((name) => name.endsWith("-rw")) ?? "";
  const asked = Array.from({ length: limit + 1 }, () => openSession(cluster.facts, service, { user: role, identity: identityOf(role) }));
  const opened = await Promise.allSettled(asked);
  try {
    const codes = await Promise.all(
      opened.flatMap((one) => (one.status === "rejected" ? [failureCode(Promise.reject(one.reason as Error))] : [])),
    );
    const open = opened.length - codes.length;
    const refused = codes.filter((code) => code === TOO_MANY).length;
    if (refused === 0 && open <= limit) throw new Error(`${role}: no attempt over the limit was answered`);
    const others = codes
      .filter((code) => code !== null && code !== TOO_MANY && isDecision(code))
      .map((code) => `${role} is refused with ${code}, not ${TOO_MANY}`);
    // The pooler may hold some of them: fewer are let in then.
    return {
      wrong: [...(open <= limit ? [] : [`${role} has ${open} sessions, of ${limit}`]), ...others],
      evidence: { "sessions of limited roles": open, "refused sessions": refused },
    };
  } finally {
    await Promise.all(opened.map(async (one) => one.status === "fulfilled" && one.value.end()));
  }
}

async function limits(cluster: Cluster): Promise<Sighting[]> {
  const rows = await localQuery(
    cluster,
    await primaryOf(cluster),
    "SELECT rolname, rolconnlimit FROM pg_roles WHERE rolcanlogin AND rolconnlimit > 0",
  );
  const sightings: Sighting[] = [];
  for (const row of rows) {
    const [role = "", limit = ""] = row.split("|");
    sightings.push(await overLimit(cluster, role, Number(limit)));
  }
  return sightings;
}

export const privileges: Probe = {
  id: "access-privileges",
  text: "An application reads no file, runs no program, sees no password, changes no setting, writes nothing on a replica and has no more sessions than its role may.",
  look: async (cluster) => {
    const doors = await tryDoors([...forbidden(cluster), ...(await inPublic(cluster))]);
    return together([doors, await readOnly(cluster), ...(await limits(cluster))]);
  },
};
