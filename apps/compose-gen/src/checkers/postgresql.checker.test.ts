import { SYSTEM_ROLES } from "@matriarch/topology";
import { EXAMPLE_NAMES, exampleTopology } from "@matriarch/topology/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkedBundle } from "./checked-bundle.ts";
import { type TrialInstance, startTrial } from "./trial-instance.ts";
import { SECRET_MARK } from "./variant.ts";

/** Everything in the instance but data; a dump holds a random word against injection. */
async function schemaOf(trial: TrialInstance): Promise<string> {
  const { stdout, exitCode } = await trial.run("pg_dumpall", "--schema-only", "--no-role-passwords");
  expect(exitCode).toBe(0);
  return stdout.replace(/^\\(un)?restrict .*$/gm, "");
}

describe.each(EXAMPLE_NAMES)("%s", (example) => {
  const { logins, databases, postgresql } = exampleTopology(example);

  describe.each(postgresql)("$name", ({ name, layout }) => {
    let trial: TrialInstance;

    beforeAll(async () => {
      trial = await startTrial(await checkedBundle(example), name);
    });
    afterAll(() => trial.stop());

    test("PostgreSQL starts with every parameter that Patroni hands on", async () => {
      const rows = await trial.rows("SELECT name, error, applied FROM pg_file_settings ORDER BY name");
      const names = Object.keys(trial.parameters).map((key) => key.toLowerCase());
      expect(names.length).toBeGreaterThan(40);
      expect(rows).toEqual(names.toSorted().map((key) => ({ name: key, error: null, applied: true })));
    });

    test("PostgreSQL understands every line of pg_hba and pg_ident", async () => {
      const understood = { error: null };
      expect(await trial.rows("SELECT error FROM pg_hba_file_rules")).toEqual(trial.hba.map(() => understood));
      expect(await trial.rows("SELECT error FROM pg_ident_file_mappings")).toEqual(trial.ident.map(() => understood));
    });

    test("a session may begin in a time zone by its old name, as drivers send it (docker-library/postgres#1355)", async () => {
      for (const zone of ["Asia/Calcutta", "US/Eastern", "Europe/Kiev"]) {
        const { exitCode, stdout, stderr } = await trial.run("env", `PGTZ=${zone}`, "psql", "-X", "-A", "-t", "-c", "SHOW timezone");
        expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: `${zone}\n`, stderr: "" });
      }
    });

    test("bootstrap.sh succeeds in silence, and the second time changes nothing", async () => {
      const silence = { exitCode: 0, stdout: "", stderr: "" };
      expect(await trial.run(`${layout.config}/bootstrap.sh`)).toEqual(silence);
      const first = await schemaOf(trial);
      expect(await trial.run(`${layout.config}/bootstrap.sh`)).toEqual(silence);
      expect(await schemaOf(trial)).toBe(first);

      const names = databases.map((database) => database.name);
      expect(await trial.rows("SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1")).toEqual(
        names.toSorted().map((datname) => ({ datname })),
      );
      const withPassword = [SYSTEM_ROLES.superuser, ...logins.map((login) => login.name)].toSorted();
      expect(await trial.rows("SELECT rolname FROM pg_authid WHERE rolpassword LIKE 'SCRAM-SHA-256$%' ORDER BY 1")).toEqual(
        withPassword.map((rolname) => ({ rolname })),
      );
    });

    test("the server's log of all that holds no complaint and no password", async () => {
      const log = await trial.log();
      expect(log).toContain("database system is ready to accept connections");
      expect(log.split("\n").filter((line) => /WARNING|ERROR|FATAL|PANIC/.test(line))).toEqual([]);
      expect(log).not.toContain(SECRET_MARK);
    });
  });
});
