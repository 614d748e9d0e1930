import { type Cluster, memberWith, membersWith, publishedPort } from "../cluster/cluster.ts";
import { readEnvironment } from "../cluster/environment.ts";
import { askHttps, type HttpsRequest } from "../cluster/https.ts";
import { identityOf, OPERATOR, OPERATOR_AT_ETCD } from "../cluster/identity.ts";
import { failureCode, query } from "../cluster/sessions.ts";

/** One thing that a password opens. */
export interface Login {
  /** The variable of the environment file that holds the password. */
  readonly variable: string;
  readonly where: string;
  /** What answers a wrong password. */
  readonly refused: string;
  /** Tries a password; `null` when it opens, else what answered. */
  readonly attempt: (cluster: Cluster, password: string) => Promise<string | null>;
}

async function viaRelay(
  cluster: Cluster,
  role: "postgresql" | "etcd",
  port: number,
  ask: (port: number) => Promise<string | null>,
): Promise<string | null> {
  const relay = await cluster.relay(memberWith(cluster.facts, role), "127.0.0.1", port);
  try {
    return await ask(relay.port);
  } finally {
    relay.close();
  }
}

async function statusOf({ facts }: Cluster, asked: HttpsRequest): Promise<string | null> {
  const { status } = await askHttps(facts, asked);
  return status < 300 ? null : String(status);
}

function session(variable: string, role: string, service: string): Login {
  return {
    variable,
    where: `${role} at ${service}`,
    refused: service.includes("-direct-") ? "28P01" : "08P01",
    attempt: ({ facts }, password) =>
      failureCode(query(facts, service, "SELECT 1", [], { user: role, identity: identityOf(role), password })),
  };
}

function ways(database: string): string[] {
  return [`${database}_rw`, `${database}_ro`, `${database}-direct-rw`, `${database}-direct-ro`];
}

const superuser: Login = {
  variable: "POSTGRES_PASSWORD",
  where: "the superuser on its node",
  refused: "28P01",
  attempt: (cluster, password) =>
    viaRelay(cluster, "postgresql", 5432, (port) =>
      failureCode(query(cluster.facts, "postgres-direct-rw", "SELECT 1", [], { port, user: "postgres", password, identity: null })),
    ),
};

const patroni: Login = {
  variable: "PATRONI_REST_PASSWORD",
  where: "Patroni's API",
  refused: "401",
  attempt: async (cluster, password) => {
    const credentials = { user: "patroni", password };
    const answers = membersWith(cluster.facts, "postgresql").map((node) =>
      statusOf(cluster, { port: publishedPort(node, 8008), method: "POST", path: "/reload", identity: OPERATOR, credentials, body: {} }),
    );
    return (await Promise.all(answers)).find((answer) => answer !== null) ?? null;
  },
};

const statistics: Login = {
  variable: "ADMIN_HAPROXY_PASSWORD",
  where: "HAProxy's statistics",
  refused: "401",
  attempt: async (cluster, password) => {
    const user = (await readEnvironment(cluster.facts)).get("ADMIN_HAPROXY_USER") ?? "ha_admin";
    const port = publishedPort(memberWith(cluster.facts, "haproxy"), 7000);
    return statusOf(cluster, { port, path: "/", identity: null, credentials: { user, password } });
  },
};

function atEtcd(variable: string, name: string): Login {
  return {
    variable,
    where: `${name} at etcd`,
    refused: "400",
    attempt: (cluster, password) =>
      viaRelay(cluster, "etcd", 2379, (port) =>
        statusOf(cluster, {
          port,
          method: "POST",
          path: "/v3/auth/authenticate",
          identity: OPERATOR_AT_ETCD,
          authority: "pki/ca/etcd-ca.crt",
          body: { name, password },
        }),
      ),
  };
}

const console: Login = {
  variable: "PGBOUNCER_ADMIN_PASSWORD",
  where: "PgBouncer's console",
  refused: "2",
  attempt: async (cluster, password) => {
    const script = "IFS= read -r PGPASSWORD; export PGPASSWORD; psql -X -A -t -c 'SHOW VERSION'";
    const { exitCode } = await cluster.run(memberWith(cluster.facts, "pgbouncer"), ["sh", "-c", script], `${password}\n`);
    return exitCode === 0 ? null : String(exitCode);
  },
};

/** Everything that a password of the environment file opens. */
export const LOGINS: readonly Login[] = [
  superuser,
  ...ways("app").map((service) => session("ROLE_APP_PASSWORD", "app", service)),
  ...ways("app").map((service) => session("ROLE_REPORT_PASSWORD", "report", service)),
  ...ways("postgres").map((service) => session("MONITOR_PASSWORD", "monitor", service)),
  patroni,
  atEtcd("ETCD_ROOT_PASSWORD", "root"),
  atEtcd("ETCD_PATRONI_PASSWORD", "patroni"),
  statistics,
  console,
];
