import { DAEMON_USERS } from "@matriarch/topology";
import { anyTopology, EXAMPLE_NAMES, exampleSecrets, exampleTopology, topologyOf, withoutTwins } from "@matriarch/topology/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveHba } from "./derive-hba.ts";
import { deriveIni } from "./derive-ini.ts";
import { renderPgbouncer, renderPgbouncerSecrets } from "./render.ts";
import { readHba, readIni } from "./testing/index.ts";

const NODES = "e: [etcd], n: [postgresql], b: [haproxy], p: [pgbouncer]";

function render(text: string, nodes = NODES): (path: string) => string {
  const files = renderPgbouncer(topologyOf(`cluster: c\nnodes: { ${nodes} }\n${text}`));
  return (path) => files.find((file) => file.path === path)?.content ?? "";
}

describe.each(EXAMPLE_NAMES)("the example %s", (example) => {
  const topology = exampleTopology(example);
  const files = renderPgbouncer(topology);

  it.each(withoutTwins(files).map((file) => [file.path, file.content] as const))("%s is its golden", async (path, content) => {
    await expect(content).toMatchFileSnapshot(`../fixtures/${example}/${path}`);
  });

  it("renders two files that anyone may read for each pooler, by path", () => {
    const expected = topology.pgbouncer.flatMap(({ name }) => [`${name}/pg_hba.conf`, `${name}/pgbouncer.ini`]).toSorted();
    expect(files.map(({ path, mode }) => [path, mode])).toEqual(expected.map((path) => [path, 0o444]));
  });

  it("keeps every secret out of what is rendered", () => {
    for (const secret of Object.values(exampleSecrets(topology))) for (const { content } of files) expect(content).not.toContain(secret);
  });

  it("gives the secret list to PgBouncer's user alone, with the console's user and nobody else", () => {
    expect(renderPgbouncerSecrets(topology, exampleSecrets(topology))).toEqual(
      topology.pgbouncer.map(({ name }) => ({
        path: `${name}/userlist.txt`,
        content: '"pgbouncer_admin" "secret of PGBOUNCER_ADMIN_PASSWORD"\n',
        mode: 0o400,
        owner: DAEMON_USERS.pgbouncer.id,
      })),
    );
  });
});

/** A value as it stands in the file. */
const written = (value: string | number | boolean) => String(typeof value === "boolean" ? Number(value) : value);

it("any topology is read by PgBouncer's grammars as the model", () => {
  fc.assert(
    fc.property(anyTopology, (topology) => {
      const files = new Map(renderPgbouncer(topology).map(({ path, content }) => [path, content]));
      for (const member of topology.pgbouncer) {
        const { databases, users, settings } = deriveIni(topology, member);
        const asText = (entries: typeof databases) =>
          entries.map(({ name, parameters }) => ({ name, parameters: parameters.map(([key, value]) => [key, written(value)]) }));
        expect(readIni(files.get(`${member.name}/pgbouncer.ini`) ?? "")).toEqual({
          databases: asText(databases),
          users: asText(users),
          settings: Object.fromEntries(settings.flatMap((group) => group.entries.map(({ key, value }) => [key, written(value)]))),
        });
        expect(readHba(files.get(`${member.name}/pg_hba.conf`) ?? "")).toEqual(deriveHba(topology));
      }
    }),
  );
});

it("a missing password is not made up", () => {
  expect(() => renderPgbouncerSecrets(exampleTopology("minimal"), {})).toThrow("PGBOUNCER_ADMIN_PASSWORD");
});

describe("pgbouncer.ini", () => {
  it("asks clients for a certificate of the cluster's CA, or for none", () => {
    for (const [asks, mode] of [
      ["true", "verify-full"],
      ["false", "require"],
    ]) {
      const text = render(`tls: { client_certificates: ${asks} }`)("p/pgbouncer.ini");
      expect(text).toContain(`\nclient_tls_sslmode = ${mode}\n`);
      // In both positions: without an authority PgBouncer does not start.
      expect(text).toMatch(/^client_tls_ca_file = \S+\/cluster-ca\.crt$/m);
    }
  });

  it("verifies PostgreSQL and shows it the pooler's certificate, whatever clients must do", () => {
    for (const client of [true, false]) {
      const text = render(`tls: { client_certificates: ${client} }`)("p/pgbouncer.ini");
      expect(text).toMatch(/^server_tls_sslmode = verify-full$/m);
      expect(text).toMatch(/^server_tls_cert_file = \S+\/lookup\.crt$/m);
    }
  });

  it("lets the topology's parameters replace the defaults", () => {
    const text = render("parameters: { pgbouncer: { query_wait_timeout: 2.5, log_stats: false, server_check_query: 'select 1; -- #' } }")(
      "p/pgbouncer.ini",
    );
    expect(text.match(/^query_wait_timeout = .*$/gm)).toEqual(["query_wait_timeout = 2.5"]);
    expect(text).toMatch(/^log_stats = 0$/m);
    expect(text).toMatch(/^server_check_query = select 1; -- #$/m);
  });

  it("goes through the balancer of its own node, then of its datacenter; neighbours take turns", () => {
    const nodes =
      "e: [etcd], n: [postgresql], b1: [haproxy], b2: [haproxy], far: { roles: [haproxy, pgbouncer], datacenter: two }, p1: [pgbouncer], p2: [pgbouncer]";
    const file = render("datacenters: [one, two]", nodes);
    const hostOf = (pooler: string) => /^app_rw = host=(?<host>\S+)/m.exec(file(`${pooler}/pgbouncer.ini`))?.groups?.["host"];
    expect([hostOf("far-pgbouncer"), hostOf("p1"), hostOf("p2")]).toEqual(["far-haproxy", "b2", "b1"]);
  });

  it("keeps all pools of a role together below its limit", () => {
    const nodes = `${NODES}, p2: [pgbouncer]`;
    const usersOf = (limit: number) => render(`roles: { app: { connection_limit: ${limit} } }`, nodes)("p/pgbouncer.ini");
    // Two poolers with two aliases each are four pools.
    expect(usersOf(11)).toContain("\n[users]\napp = pool_size=2\n");
    expect(usersOf(2)).toContain("\n[users]\napp = pool_size=1\n");
    expect(usersOf(10_000)).not.toContain("[users]");
  });
});

describe("pg_hba.conf", () => {
  const linesOf = (text: string) =>
    render(text)("p/pg_hba.conf")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));

  it("lets the console's user in over the local socket, and nobody else there", () => {
    expect(linesOf("").slice(0, 2)).toEqual(['local "pgbouncer" "pgbouncer_admin" scram-sha-256', "local all all reject"]);
  });

  it("lets a role in over TLS only, to the aliases of its databases and from its networks", () => {
    const lines = linesOf("databases: { app: { readers: [report] }, other: {} }\nroles: { report: { from: [10.0.0.0/8, 'fd00::/8'] } }");
    expect(lines.filter((line) => line.includes('"report"'))).toEqual([
      'hostssl "app_rw","app_ro" "report" 10.0.0.0/8 scram-sha-256',
      'hostssl "app_rw","app_ro" "report" fd00::/8 scram-sha-256',
    ]);
  });

  it("has no line for a role without a database, and none for those that are not clients", () => {
    const text = linesOf("roles: { idle: {} }").join("\n");
    for (const role of ["idle", "postgres", "replicator", "rewinder", "pgbouncer"])
      expect(text).not.toMatch(new RegExp(`^\\S+ \\S+ "${role}"`, "m"));
  });

  it("rejects everybody else", () => {
    expect(linesOf("").slice(-2)).toEqual(["host all all 0.0.0.0/0 reject", "host all all ::/0 reject"]);
  });
});

it("has each client keep its own read-only guard, whatever the last one did to the connection (fly postgres-flex#76)", () => {
  expect(render("")("p/pgbouncer.ini")).toContain("\ntrack_extra_parameters = IntervalStyle, default_transaction_read_only\n");
});
