import { EXAMPLE_NAMES, exampleTopology } from "@matriarch/topology/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { type CheckedBundle, checkedBundle } from "./checked-bundle.ts";
import { untilHealthy } from "./health.ts";

type Row = Readonly<Record<string, string>>;

const SEPARATOR = "\u001F";

/** A SHOW command on the console, as an operator gives it in the container. */
async function show({ ask, secrets }: CheckedBundle, member: string, what: string): Promise<Row[]> {
  const psql = ["psql", "--no-psqlrc", "--no-align", "--pset=footer=off", `--field-separator=${SEPARATOR}`, "--command", `SHOW ${what}`];
  const withPassword = ["sh", "-c", 'IFS= read -r PGPASSWORD; export PGPASSWORD; exec "$@"', "sh"];
  const output = await ask(member, [...withPassword, ...psql], `${secrets["PGBOUNCER_ADMIN_PASSWORD"]}\n`);
  const [header = [], ...rows] = output
    .trimEnd()
    .split("\n")
    .map((line) => line.split(SEPARATOR));
  return rows.map((row) => Object.fromEntries(header.map((column, index) => [column, (row[index] ?? "").trim()])));
}

type Section = ReadonlyMap<string, string>;

/** Sections of pgbouncer.ini, by PgBouncer's grammar: a comment is a whole line, a value runs to the end of its line. */
async function readIni(bundle: CheckedBundle, member: string): Promise<(name: string) => Section> {
  const [, ...parts] = (await bundle.read(`${member}/pgbouncer.ini`)).split(/^\[(.+)\]\n/m);
  const sections = new Map<string, Section>();
  for (let index = 0; index < parts.length; index += 2) {
    const settings = [...(parts[index + 1] ?? "").matchAll(/^([^;\s=]+) =(.*)$/gm)];
    sections.set(parts[index] ?? "", new Map(settings.map(([, key = "", value = ""]) => [key, value.trim()])));
  }
  return (name) => sections.get(name) ?? new Map();
}

/** `key=value` pairs behind the name of a database or user. */
function pairs(entry: string): Row {
  return Object.fromEntries(
    [...entry.matchAll(/(\w+)=(?:'((?:[^']|'')*)'|(\S+))/g)].map(([, key = "", quoted, bare]) => [
      key,
      quoted?.replaceAll("''", "'") ?? bare ?? "",
    ]),
  );
}

/** Settings that SHOW CONFIG prints in another spelling. */
const SPELLINGS: Readonly<Record<string, (written: string) => string>> = {
  unix_socket_mode: (written) => String(Number.parseInt(written, 8)),
};

/** Columns of SHOW DATABASES and SHOW USERS, where they are not called like the parameter. */
const COLUMNS: Readonly<Record<string, string>> = { dbname: "database" };

/** Parameters of a database that the console does not show: the live cluster's logins prove them. */
const NOT_SHOWN = ["auth_user", "connect_query"];

function expectShown(row: Row | undefined, entry: string): void {
  for (const [key, value] of Object.entries(pairs(entry))) {
    if (!NOT_SHOWN.includes(key)) expect(row?.[COLUMNS[key] ?? key], key).toBe(value);
  }
}

describe.each(EXAMPLE_NAMES)("%s", (example) => {
  describe.each(exampleTopology(example).pgbouncer)("$name", (member) => {
    const { name } = member;
    let bundle: CheckedBundle;
    let ini: (section: string) => Section;

    beforeAll(async () => {
      bundle = await checkedBundle(example);
      await untilHealthy(bundle, [member]);
      ini = await readIni(bundle, name);
    });

    test("runs with every setting as written", async () => {
      const shown = new Map((await show(bundle, name, "CONFIG")).map(({ key, value }) => [key, value]));
      const written = [...ini("pgbouncer")];
      expect(written.length).toBeGreaterThan(20);
      expect(written.map(([key]) => [key, shown.get(key)])).toEqual(written.map(([key, value]) => [key, SPELLINGS[key]?.(value) ?? value]));
    });

    test("offers every alias of the topology, each with the route as written, and no other", async () => {
      const shown = new Map((await show(bundle, name, "DATABASES")).map((row) => [row["name"], row]));
      const aliases = bundle.topology.aliases.map((alias) => alias.name);
      expect([...shown.keys()].toSorted()).toEqual([...aliases, "pgbouncer"].toSorted());
      expect([...ini("databases").keys()].toSorted()).toEqual(aliases.toSorted());
      for (const [alias, entry] of ini("databases")) expectShown(shown.get(alias), entry);
    });

    test("knows the limits of each role as written", async () => {
      const shown = new Map((await show(bundle, name, "USERS")).map((row) => [row["name"], row]));
      for (const [role, entry] of ini("users")) expectShown(shown.get(role), entry);
      expect([...shown.keys()]).toEqual(expect.arrayContaining([...ini("users").keys()]));
    });

    test("read its files without a word of complaint", async () => {
      const log = await bundle.logs(name);
      expect(log).toContain("process up: PgBouncer");
      expect(log.split("\n").filter((line) => /WARNING|ERROR|FATAL|unknown|unrecognized|invalid/i.test(line))).toEqual([]);
    });
  });
});
