import { PORTS, SECRETS, SERVICE_USERS, SYSTEM_ROLES } from "@matriarch/topology";
import type { BundleFacts } from "../../cluster/bundle.ts";
import { type Cluster, memberWith, membersWith, publishedPort } from "../../cluster/cluster.ts";
import { statisticsUser } from "../../cluster/haproxy.ts";
import { identityOf, OPERATOR } from "../../cluster/identity.ts";
import { withEtcd } from "../../cluster/etcd.ts";
import { withRelay } from "../../cluster/relay.ts";
import type { Answer } from "./door.ts";
import { logIn, REFUSED_BY_POOLER, statusOf } from "./places.ts";

/** One thing that a password opens. */
export interface Login {
  /** The variable of the environment file that holds the password. */
  readonly variable: string;
  readonly where: string;
  /** What answers a wrong password. */
  readonly refused: string;
  /** Tries a password; `null` when it opens, else what answered. */
  readonly attempt: (cluster: Cluster, password: string) => Promise<Answer>;
}

/** The variable that holds a role's password. */
function variableOf(role: string): string {
  return role === SYSTEM_ROLES.monitor ? "MONITOR_PASSWORD" : `ROLE_${role.toUpperCase()}_PASSWORD`;
}

/** A wrong password, where the role may use the service. */
const WRONG_PASSWORD = "28P01";

function session(service: string, role: string): Login {
  return {
    variable: variableOf(role),
    where: `${role} at ${service}`,
    refused: service.includes("-direct-") ? WRONG_PASSWORD : REFUSED_BY_POOLER,
    attempt: (cluster, password) => logIn(cluster, service, { user: role, identity: identityOf(role), password }),
  };
}

/** Every role at each of its services, through the pooler and past it. */
function sessions({ services }: BundleFacts): Login[] {
  return [...services].flatMap(([service, settings]) => {
    const [, database, route] = /^(.+)_(rw|ro)(?:-.+)?$/.exec(service) ?? [];
    const role = settings["user"] ?? "";
    return database === undefined ? [] : [session(service, role), session(`${database}-direct-${route}`, role)];
  });
}

const superuser: Login = {
  variable: SECRETS.superuser.variable,
  where: "the superuser on its node",
  refused: WRONG_PASSWORD,
  attempt: (cluster, password) =>
    withRelay(cluster, { from: memberWith(cluster.facts, "postgresql"), host: "127.0.0.1", port: PORTS.postgresql }, (port) =>
      logIn(cluster, "postgres-direct-rw", { port, user: SYSTEM_ROLES.superuser, password, identity: null }),
    ),
};

const patroni: Login = {
  variable: SECRETS.patroniRest.variable,
  where: "Patroni's API",
  refused: "401",
  attempt: async (cluster, password) => {
    const credentials = { user: SERVICE_USERS.patroniRest, password };
    const answers = membersWith(cluster.facts, "postgresql").map((node) =>
      statusOf(cluster, {
        port: publishedPort(node, PORTS.patroni),
        method: "POST",
        path: "/reload",
        identity: OPERATOR,
        credentials,
        body: {},
      }),
    );
    return (await Promise.all(answers)).find((answer) => answer !== null) ?? null;
  },
};

const statistics: Login = {
  variable: SECRETS.balancerAdmin.variable,
  where: "HAProxy's statistics",
  refused: "401",
  attempt: async (cluster, password) => {
    const port = publishedPort(memberWith(cluster.facts, "haproxy"), PORTS.stats);
    return statusOf(cluster, { port, path: "/", identity: null, credentials: { ...(await statisticsUser(cluster)), password } });
  },
};

function atEtcd(variable: string, name: string): Login {
  return {
    variable,
    where: `${name} at etcd`,
    refused: "400",
    attempt: (cluster, password) =>
      withEtcd(cluster, memberWith(cluster.facts, "etcd"), async (etcd) => {
        const { status } = await etcd.call("/v3/auth/authenticate", { name, password });
        return status === 200 ? null : String(status);
      }),
  };
}

const console: Login = {
  variable: SECRETS.poolerConsole.variable,
  where: "PgBouncer's console",
  refused: "2",
  attempt: async (cluster, password) => {
    const script = "IFS= read -r PGPASSWORD; export PGPASSWORD; psql -X -A -t -c 'SHOW VERSION'";
    const { exitCode } = await cluster.run(memberWith(cluster.facts, "pgbouncer"), ["sh", "-c", script], `${password}\n`);
    return exitCode === 0 ? null : String(exitCode);
  },
};

/** Everything that a password of the environment file opens. */
export function loginsOf(facts: BundleFacts): Login[] {
  return [
    superuser,
    ...sessions(facts),
    patroni,
    atEtcd(SECRETS.etcdRoot.variable, SERVICE_USERS.etcdRoot),
    atEtcd(SECRETS.etcdPatroni.variable, SERVICE_USERS.etcdPatroni),
    statistics,
    console,
  ];
}
