import { readIni } from "@matriarch/pgbouncer-config/testing";
import { EXAMPLE_NAMES, exampleTopology } from "@matriarch/topology/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { type CheckedBundle, checkedBundle } from "./checked-bundle.ts";
import { untilHealthy } from "./health.ts";
import { type Row, SEPARATOR, pgbouncerEntries, pgbouncerSettings, readRows } from "./pgbouncer-settings.ts";

/** A SHOW command on the console, as an operator gives it in the container. */
async function show({ ask, secrets }: CheckedBundle, member: string, what: string): Promise<Row[]> {
  const psql = ["psql", "--no-psqlrc", "--no-align", "--pset=footer=off", `--field-separator=${SEPARATOR}`, "--command", `SHOW ${what}`];
  const withPassword = ["sh", "-c", 'IFS= read -r PGPASSWORD; export PGPASSWORD; exec "$@"', "sh"];
  const output = await ask(member, [...withPassword, ...psql], `${secrets["PGBOUNCER_ADMIN_PASSWORD"]}\n`);
  return readRows(output);
}

describe.each(EXAMPLE_NAMES)("%s", (example) => {
  describe.each(exampleTopology(example).pgbouncer)("$name", (member) => {
    const { name } = member;
    let bundle: CheckedBundle;
    let ini: ReturnType<typeof readIni>;

    beforeAll(async () => {
      bundle = await checkedBundle(example);
      await untilHealthy(bundle, [member]);
      ini = readIni(await bundle.read(`${name}/pgbouncer.ini`));
    });

    test("runs with every setting as written", async () => {
      const { said, written } = pgbouncerSettings(ini, await show(bundle, name, "CONFIG"));
      expect(Object.keys(written).length).toBeGreaterThan(20);
      expect(said).toEqual(written);
    });

    test("offers every alias of the topology, each with the route as written, and no other", async () => {
      const shown = await show(bundle, name, "DATABASES");
      const aliases = bundle.topology.aliases.map((alias) => alias.name);
      expect(shown.map((row) => row["name"]).toSorted()).toEqual([...aliases, "pgbouncer"].toSorted());
      expect(ini.databases.map((entry) => entry.name).toSorted()).toEqual(aliases.toSorted());
      const { said, written } = pgbouncerEntries(ini.databases, shown);
      expect(said).toEqual(written);
    });

    test("knows the limits of each role as written", async () => {
      const { said, written } = pgbouncerEntries(ini.users, await show(bundle, name, "USERS"));
      expect(said).toEqual(written);
    });

    test("read its files without a word of complaint", async () => {
      const log = await bundle.logs(name);
      expect(log).toContain("process up: PgBouncer");
      expect(log.split("\n").filter((line) => /WARNING|ERROR|FATAL|unknown|unrecognized|invalid/i.test(line))).toEqual([]);
    });
  });
});
