import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memberWith, membersWith } from "../cluster/cluster.ts";
import { environmentValue, passwordsIn } from "../cluster/environment.ts";
import { localQuery, primaryOf } from "../cluster/nodes.ts";
import { query } from "../cluster/sessions.ts";
import { loginsOf } from "../matrix/access/logins.ts";
import { CHANGED_PASSWORDS, HOSTILE_PASSWORDS } from "./hostile-passwords.ts";
import { liveCluster, type Reconfigured, reconfigured } from "./live-cluster.ts";
import { measured } from "./measured.ts";
import { settled } from "./settled.ts";
import { throughout } from "../cluster/throughout.ts";
import { until } from "../cluster/until.ts";

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
  const logIn = (password: string) =>
    cluster.run(pooler, ["sh", "-c", "IFS= read -r PGPASSWORD; export PGPASSWORD; psql -X -A -t -c 'SHOW VERSION'"], `${password}\n`);
  expect((await logIn(await environmentValue(facts, "PGBOUNCER_ADMIN_PASSWORD"))).stdout).toContain("PgBouncer");
  expect((await logIn("wrong")).exitCode).not.toBe(0);
});

describe("every password is changed while the cluster runs", () => {
  let changed: Reconfigured;
  let old: ReadonlyMap<string, string>;
  let before: string[];

  /** Who is primary, and since when each server runs. */
  const lifetimes = async () => {
    const started = membersWith(facts, "postgresql").map((node) => localQuery(cluster, node, "SELECT pg_postmaster_start_time()"));
    return [(await primaryOf(cluster)).name, ...(await Promise.all(started)).flat()];
  };
  const wanted = (variable: string) => CHANGED_PASSWORDS[variable]?.password ?? "";

  beforeAll(async () => {
    await settled(cluster);
    old = await passwordsIn(facts);
    before = await lifetimes();
    const start = performance.now();
    const lines = Object.entries(CHANGED_PASSWORDS).map(([variable, { written }]) => [variable, written]);
    changed = await reconfigured(cluster, Object.fromEntries(lines));
    measured("every password changed", { renderedAndUp: (performance.now() - start) / 1000 });
  });
  afterAll(async () => {
    await changed?.restore();
    await settled(cluster);
  });

  test("A11: the environment file says what was written", async () => {
    const read = await passwordsIn(facts);
    expect([...read.keys()].toSorted()).toEqual(Object.keys(CHANGED_PASSWORDS).toSorted());
    for (const [variable, { password }] of Object.entries(CHANGED_PASSWORDS)) expect(read.get(variable), variable).toBe(password);
  });

  test.each(loginsOf(facts))(
    "A11: the new password opens for $where, the old one no longer does",
    async ({ variable, refused, attempt }) => {
      await until(async () => (await attempt(changed.cluster, wanted(variable))) === null, {
        within: facts.timings.loopWait + 5,
        what: `the new ${variable} opens`,
      });
      expect(await attempt(changed.cluster, old.get(variable) ?? "")).toBe(refused);
    },
  );

  test.each(["app_rw", "app_rw-report", "postgres_rw-monitor"])(
    "A11: libpq finds the new password of %s in the bundle",
    async (service) => {
      expect(await changed.cluster.client(["psql", "-X", "-A", "-t", "-c", "SELECT 1"], service)).toMatchObject({
        exitCode: 0,
        stdout: "1",
      });
    },
  );

  test("A11: Patroni's own client obeys its API with the new password", async () => {
    const { stdout } = await cluster.run(await primaryOf(cluster), [
      "patronictl",
      "-c",
      "/run/postgresql/patroni",
      "reload",
      "--force",
      facts.scope,
    ]);
    for (const node of membersWith(facts, "postgresql")) expect(stdout).toContain(`Reload request received for member ${node.name}`);
  });

  test("A11: Patroni keeps its lease at etcd: no server was restarted, no primary moved", async () => {
    expect(await lifetimes()).toEqual(before);
    const { ttl, loopWait } = facts.timings;
    const holds = async () => (await query(changed.cluster.facts, "app-direct-rw", "SELECT 1")).length === 1;
    await throughout(holds, { during: ttl + loopWait, what: "the primary is writable" });
    expect(await lifetimes()).toEqual(before);
  });
});
