import { PORTS, SECRETS, SERVICE_USERS } from "@matriarch/topology";
import type { Client } from "pg";
import { type Cluster, membersWith, publishedPort } from "../../cluster/cluster.ts";
import { environmentValue } from "../../cluster/environment.ts";
import { askConsole } from "../../cluster/pgbouncer.ts";
import { failureCode, openSession } from "../../cluster/sessions.ts";
import type { Probe, Sighting } from "../probe.ts";
import { type Answer, type Door, together, tryDoors } from "./door.ts";
import { listening } from "./listeners.ts";
import { logIn, pooledServices, REFUSED_BY_POOLER } from "./places.ts";

/** The database's name by which a client asks for PgBouncer's console. */
const CONSOLE = "pgbouncer";
/** Databases that PostgreSQL has, or nobody, and that are no alias. */
const UNLISTED = ["template1", "nothing"];

function doors(cluster: Cluster, consolePassword: string): Door[] {
  const administrator = { user: SERVICE_USERS.pgbouncerConsole, password: consolePassword };
  return pooledServices(cluster).map((service) => {
    const attempts = [
      { who: "the application that asks for the console", options: { database: CONSOLE } },
      { who: "the console's user with its password, from outside,", options: { ...administrator, database: CONSOLE } },
      { who: "the console's user in a database", options: administrator },
      ...UNLISTED.map((database) => ({ who: `the database ${database}`, options: { database } })),
    ];
    return {
      where: service,
      control: () => logIn(cluster, service),
      attempts: attempts.map(({ who, options }) => ({
        who,
        refusals: [REFUSED_BY_POOLER],
        attempt: () => logIn(cluster, service, options),
      })),
    };
  });
}

const pooler: Probe = {
  id: "access-pooler",
  text: "The console opens on the pooler itself alone, no database is served that is not listed, and no other port is open.",
  look: async (cluster) => {
    const password = await environmentValue(cluster.facts, SECRETS.poolerConsole.variable);
    const poolers = membersWith(cluster.facts, "pgbouncer");
    // The controls: the same password opens the console where it should.
    for (const member of poolers) await askConsole(cluster, member, "SHOW VERSION");
    return together([await tryDoors(doors(cluster, password)), await listening(cluster, "pgbouncer")]);
  },
};

/** Clients of each role, each in a transaction of its own: each has a server. */
const CLIENTS = 3;
const MARK = "matriarch_verifier.access";

interface Seen {
  readonly server: number;
  readonly role: string;
  readonly mark: string | null;
}

/** What servers a role is given, while all its clients hold one; a mark is set in the session, which outlives the transaction. */
async function serversOf(cluster: Cluster, service: string, mark: string | null): Promise<Seen[]> {
  const sessions = await Promise.all(Array.from({ length: CLIENTS }, () => openSession(cluster.facts, service)));
  try {
    await Promise.all(sessions.map((session) => session.query("BEGIN")));
    if (mark !== null) await Promise.all(sessions.map((session) => session.query(`SET ${MARK} = '${mark}'`)));
    const text = `SELECT pg_backend_pid() AS server, session_user::text AS role, nullif(current_setting('${MARK}', true), '') AS mark`;
    const seen = await Promise.all(sessions.map(async (session) => (await session.query<Seen>(text)).rows));
    await Promise.all(sessions.map((session) => session.query("COMMIT")));
    return seen.flat();
  } finally {
    await Promise.all(sessions.map((session) => session.end()));
  }
}

/** The first alias that two roles use, once for each. */
function sharedServices(cluster: Cluster): readonly [string, string] | null {
  const { services } = cluster.facts;
  const pooled = pooledServices(cluster).filter((service) => services.get(service)?.["dbname"]?.endsWith("_rw"));
  const pairs = pooled.flatMap((one) => pooled.map((two) => [one, two] as const));
  const isShared = ([one, two]: readonly [string, string]) =>
    services.get(one)?.["dbname"] === services.get(two)?.["dbname"] && services.get(one)?.["user"] !== services.get(two)?.["user"];
  return pairs.find(isShared) ?? null;
}

function strayed(seen: readonly Seen[], role: string, servers: ReadonlySet<number>): string[] {
  return seen.flatMap((one) => [
    ...(one.role === role ? [] : [`a session of ${role} is one of ${one.role}`]),
    ...(one.mark === null ? [] : [`${role} sees what another role has set`]),
    ...(servers.has(one.server) ? [`${role} is given a server of another role`] : []),
  ]);
}

const state: Probe = {
  id: "access-pooler-state",
  text: "What one role has set in its session no other role meets: they share no server.",
  look: async (cluster): Promise<Sighting> => {
    const pair = sharedServices(cluster);
    if (pair === null) throw new Error("no alias is used by two roles");
    const [first, second] = pair;
    const marked = await serversOf(cluster, first, "set");
    // The control: the mark is there for whoever shares the server.
    if (!marked.every(({ mark }) => mark === "set")) throw new Error(`${first} does not see what it has set itself`);
    const role = cluster.facts.services.get(second)?.["user"] ?? "";
    const seen = await serversOf(cluster, second, null);
    await serversOf(cluster, first, "");
    return {
      wrong: strayed(seen, role, new Set(marked.map(({ server }) => server))),
      evidence: { "servers marked": marked.length, "servers met": seen.length },
    };
  },
};

/** Clients that log in at a time. */
const STRIDE = 25;
/** Clients of others, such as a monitor: they take places too. */
const OTHERS = 10;
/** Beyond the declared number, until somebody must have been refused. */
const BEYOND = 2 * STRIDE;

/** Fills a pooler with clients until it refuses one, and asks one of them whether it is still served. */
async function crowd(cluster: Cluster, service: string, port: number): Promise<{ admitted: number; refusal: Answer; served: boolean }> {
  const sessions: Client[] = [];
  const enter = async (): Promise<Answer> => failureCode(openSession(cluster.facts, service, { port }).then((one) => sessions.push(one)));
  try {
    let refusal: Answer = null;
    while (refusal === null && sessions.length < cluster.facts.promises.pools.maxClients + BEYOND) {
      refusal = (await Promise.all(Array.from({ length: STRIDE }, enter))).find((answer) => answer !== null) ?? null;
    }
    const served = sessions[0] !== undefined && (await failureCode(sessions[0].query("SELECT 1"))) === null;
    return { admitted: sessions.length, refusal, served };
  } finally {
    await Promise.all(sessions.map((session) => session.end()));
  }
}

const limit: Probe = {
  id: "access-pooler-limit",
  text: "A pooler admits as many clients as declared and refuses the next one, while those that are in are served and the next comer gets in.",
  look: async (cluster) => {
    const { maxClients } = cluster.facts.promises.pools;
    const [service = ""] = pooledServices(cluster);
    const seen: Sighting[] = [];
    for (const member of membersWith(cluster.facts, "pgbouncer")) {
      const port = publishedPort(member, PORTS.pgbouncer);
      const { admitted, refusal, served } = await crowd(cluster, service, port);
      const after = await logIn(cluster, service, { port });
      const wrong = [
        ...(refusal === null ? [`${member.name} admits ${admitted} clients, declared are ${maxClients}`] : []),
        ...(refusal !== null && refusal !== REFUSED_BY_POOLER
          ? [`${member.name} answers the client beyond its limit with ${refusal}`]
          : []),
        ...(refusal !== null && admitted < maxClients - OTHERS
          ? [`${member.name} refuses after ${admitted} clients of ${maxClients}`]
          : []),
        ...(served ? [] : [`${member.name} serves its clients no more when it is full`]),
        ...(after === null ? [] : [`${member.name} answers the next comer with ${after}`]),
      ];
      seen.push({ wrong, evidence: { "clients admitted": admitted } });
    }
    return together(seen);
  },
};

/** What must not be opened here. */
export const pgbouncerAccess: readonly Probe[] = [pooler, state, limit];
