import { expect, test } from "vitest";
import { memberWith } from "../cluster/cluster.ts";
import { environmentValue } from "../cluster/environment.ts";
import { query } from "../cluster/sessions.ts";
import { HOSTILE_PASSWORDS } from "./hostile-passwords.ts";
import { liveCluster } from "./live-cluster.ts";

// That the passwords open what they are for is what all the other tests show, and this file for who is left: whoever logs
// in to this cluster logs in with these.
const cluster = await liveCluster();
const { facts } = cluster;

test("A11: passwords written by a person are kept, whatever is in them; blank ones are generated", async () => {
  for (const [variable, password] of Object.entries(HOSTILE_PASSWORDS)) expect(await environmentValue(facts, variable)).toBe(password);
  expect(await environmentValue(facts, "ROLE_REPORT_PASSWORD")).toMatch(/^[A-Za-z0-9]{32}$/);
});

test.each(["postgres_ro-monitor", "postgres_rw-monitor"])("A11: %s logs in with blanks at both ends of the password", async (service) => {
  expect(await query(facts, service, "SELECT current_user AS user")).toEqual([{ user: "monitor" }]);
});

test("A11: libpq reads the bundle's own password file as it is meant", async () => {
  const { exitCode, stdout } = await cluster.client(["psql", "-X", "-A", "-t", "-c", "SELECT current_user"], "app_rw");
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "app" });
});

test("A11: PgBouncer's console opens with its password, and with no other", async () => {
  const pooler = memberWith(facts, "pgbouncer");
  const logIn = (password: string) => cluster.run(pooler, ["sh", "-c", "IFS= read -r PGPASSWORD; export PGPASSWORD; psql -X -A -t -c 'SHOW VERSION'"], `${password}\n`);
  expect((await logIn(await environmentValue(facts, "PGBOUNCER_ADMIN_PASSWORD"))).stdout).toContain("PgBouncer");
  expect((await logIn("wrong")).exitCode).not.toBe(0);
});
