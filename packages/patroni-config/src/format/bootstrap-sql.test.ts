import { topologyOf } from "@matriarch/topology/testing";
import { describe, expect, it } from "vitest";
import { deriveBootstrap } from "../derive/bootstrap.ts";
import { formatBootstrap } from "./bootstrap-sql.ts";

const NODES = "cluster: c\nnodes: { e: [etcd], n1: [postgresql], p: [haproxy, pgbouncer] }\n";
const sqlOf = (text: string) => formatBootstrap(deriveBootstrap(topologyOf(NODES + text)));
const SQL = sqlOf(
  'databases: { "order": { owner: "user", writers: [clerk], readers: [clerk, audit], extensions: [vector] } }\nroles: { clerk: { connection_limit: 5 } }',
);

/** The part of the script that runs in one database. */
function partOf(database: string): string {
  return SQL.split("\\connect ").find((part) => part.startsWith(`"${database}"\n`)) ?? "";
}

describe("bootstrap.sql", () => {
  it("sets no password, and takes any from the roles that have a certificate", () => {
    expect([...SQL.matchAll(/PASSWORD (\w+|')/g)].map(([, word]) => word)).toEqual(["NULL", "NULL", "NULL"]);
    for (const role of ["replicator", "rewinder", "pgbouncer"]) expect(SQL).toMatch(new RegExp(`ALTER ROLE "${role}" .* PASSWORD NULL;`));
  });

  it("makes a role only where there is none, with its limit", () => {
    expect(SQL).toContain(`SELECT 'CREATE ROLE "clerk"' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clerk') \\gexec\n`);
    expect(SQL).toMatch(/ALTER ROLE "clerk" .* CONNECTION LIMIT 5;/);
  });

  it("lets nobody be a superuser, and one role replicate", () => {
    expect(SQL).not.toMatch(/[^O]SUPERUSER/);
    expect([...SQL.matchAll(/ALTER ROLE "(\w+)" [^;]* REPLICATION /g)].map(([, role]) => role)).toEqual(["replicator"]);
  });

  it("closes every database and its schema public, the template's too", () => {
    for (const database of ["postgres", "order"]) expect(SQL).toContain(`REVOKE ALL ON DATABASE "${database}" FROM PUBLIC;`);
    expect(SQL).toContain("REVOKE ALL ON DATABASE template1 FROM PUBLIC;");
    for (const database of ["template1", "postgres", "order"])
      expect(partOf(database)).toContain("REVOKE ALL ON SCHEMA public FROM PUBLIC;");
  });

  it("lets those connect who have business there", () => {
    expect(SQL).toContain('GRANT CONNECT ON DATABASE "order" TO "audit", "clerk", "pgbouncer";');
    expect(SQL).toContain('GRANT CONNECT ON DATABASE "postgres" TO "monitor", "pgbouncer", "rewinder";');
  });

  it("gives a writer more than a reader, once", () => {
    expect(partOf("order")).toContain('ALTER DEFAULT PRIVILEGES FOR ROLE "user" GRANT SELECT ON TABLES TO "audit";');
    expect(partOf("order")).toContain(
      'ALTER DEFAULT PRIVILEGES FOR ROLE "user" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "clerk";',
    );
  });

  it("creates an extension after those that it needs, where its control file says or in public; one without SQL not at all", () => {
    const sql = sqlOf("databases: { app: { extensions: [wal2json, postgis_topology, auto_explain, vector] } }");
    expect([...sql.matchAll(/^CREATE EXTENSION IF NOT EXISTS (.*);$/gm)].map(([, what]) => what)).toEqual([
      '"postgis" SCHEMA public',
      '"postgis_topology"',
      '"vector" SCHEMA public',
    ]);
  });

  it("lets roles use what extensions leave closed: the owner schedules jobs, everybody with business there finds addresses", () => {
    const sql = sqlOf("databases: { app: { readers: [report], extensions: [pg_cron, postgis_tiger_geocoder] } }\nroles: { report: {} }");
    expect(sql).toContain('GRANT USAGE ON SCHEMA cron TO "app";\n');
    expect(sql).toContain('GRANT USAGE ON SCHEMA tiger TO "app", "report";\n');
    expect(sqlOf("databases: { postgres: { extensions: [pg_cron] } }")).not.toContain("SCHEMA cron");
  });

  it("never looks a name up in a schema that somebody else may write to", () => {
    for (const part of SQL.split("\\connect ").slice(1)) expect(part).toMatch(/^"\w+"\nSET search_path = pg_catalog;\n/);
  });

  it("makes the lookup in every database for the lookup role alone", () => {
    for (const database of ["postgres", "order"]) {
      expect(partOf(database)).toContain("CREATE OR REPLACE FUNCTION pgbouncer.lookup(name text)");
      expect(partOf(database)).toContain("REVOKE ALL ON FUNCTION pgbouncer.lookup(text) FROM PUBLIC;");
      expect(partOf(database)).toContain('GRANT EXECUTE ON FUNCTION pgbouncer.lookup(text) TO "pgbouncer";');
    }
  });

  it("lets the rewind role read files in the maintenance database alone", () => {
    expect([...partOf("postgres").matchAll(/GRANT EXECUTE ON FUNCTION (pg_\w+\(.*\)) TO "rewinder"/g)].map(([, name]) => name)).toEqual([
      "pg_ls_dir(text, boolean, boolean)",
      "pg_stat_file(text, boolean)",
      "pg_read_binary_file(text)",
      "pg_read_binary_file(text, bigint, bigint, boolean)",
    ]);
    expect(partOf("order")).not.toContain('"rewinder"');
  });
});
