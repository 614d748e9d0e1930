import { type Secrets, type Topology, type TopologyPath, formatEnvironment, parseEnvironment, secretsOf } from "@matriarch/topology";
import { HOSTILE_STRINGS, exampleTopology, printableText, readYaml } from "@matriarch/topology/testing";
import { linesOf, readHaproxy } from "@matriarch/haproxy-config/testing";
import { readBootstrap, readPasswords } from "@matriarch/patroni-config/testing";
import { readHba, readIni, readUserlist } from "@matriarch/pgbouncer-config/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgePasswords } from "./passwords/judge.ts";
import { readTopology } from "./pipeline.ts";
import { renderComposeBundle, renderComposeSecrets } from "./targets/compose/render.ts";
import { readPassfile, readServiceFile } from "./testing/libpq.ts";

/** Text of a file by its path, or by the end of it where members have one each. */
function finder(files: readonly { readonly path: string; readonly content: string }[]): (end: string) => string {
  return (end) => {
    const file = files.find(({ path }) => path === end || path.endsWith(`/${end}`));
    if (file === undefined) throw new Error(`no ${end}`);
    return file.content;
  };
}

/** What the readers of the secret files take for the passwords, by variable and file. */
function passwordsRead(topology: Topology, secrets: Secrets): Record<string, Record<string, string | undefined>> {
  const file = finder(renderComposeSecrets(topology, secrets));
  const patroni = readYaml(file("patroni.yml")) as Record<"restapi" | "ctl", { authentication: { password: string } }> & {
    etcd3: { password: string };
  };
  const sql = new Map(readPasswords(file("passwords.sql")).map(({ role, password }) => [role, password]));
  const pgpass = new Map(readPassfile(file("pgpass")).map(({ user, password }) => [user, password]));
  const etcd = (user: string) => (JSON.parse(file(`${user}.json`)) as { password: string }).password;
  return {
    POSTGRES_PASSWORD: { sql: sql.get("postgres") },
    PATRONI_REST_PASSWORD: {
      server: patroni.restapi.authentication.password,
      // Patroni's client sends it as Latin-1, its server compares it as UTF-8.
      client: Buffer.from(patroni.ctl.authentication.password, "latin1").toString("utf8"),
    },
    ETCD_ROOT_PASSWORD: { etcd: etcd("root") },
    ETCD_PATRONI_PASSWORD: { etcd: etcd("patroni"), patroni: patroni.etcd3.password },
    ADMIN_HAPROXY_PASSWORD: { haproxy: linesOf(file("users.cfg"))[1]?.[3] },
    PGBOUNCER_ADMIN_PASSWORD: { userlist: readUserlist(file("userlist.txt"))[0]?.password },
    ...Object.fromEntries(
      topology.logins.map(({ name, passwordVariable }) => [passwordVariable, { sql: sql.get(name), pgpass: pgpass.get(name) }]),
    ),
  };
}

describe("any printable password", () => {
  const topology = exampleTopology("two-datacenters");
  const variables = secretsOf(topology).map(({ variable }) => variable);

  function expectSurvives(passwords: Secrets): void {
    const listed = Object.entries(passwords).map(([variable, value]) => ({ variable, value }));
    const { values, diagnostics } = parseEnvironment(formatEnvironment([{ title: "Passwords", variables: listed }]), ".env");
    expect(diagnostics).toEqual([]);
    const read = passwordsRead(topology, values);
    expect(Object.keys(read).toSorted()).toEqual(variables.toSorted());
    for (const [variable, byFile] of Object.entries(read)) {
      expect(Object.values(byFile).length).toBeGreaterThan(0);
      for (const [reader, password] of Object.entries(byFile)) expect(password, `${variable} to ${reader}`).toBe(passwords[variable]);
    }
  }

  test("goes from .env into every file as it is", () => {
    const passwords = fc.tuple(...variables.map(() => printableText));
    fc.assert(
      fc.property(passwords, (texts) =>
        expectSurvives(Object.fromEntries(variables.map((variable, index) => [variable, texts[index] ?? ""]))),
      ),
    );
  });

  test.each(HOSTILE_STRINGS)("%j does", (text) => {
    expectSurvives(Object.fromEntries(variables.map((variable) => [variable, text])));
  });

  test("is refused with the reason where it is longer than its daemon takes", () => {
    const length = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(fc.constantFrom(...variables), length, (variable, size) => {
        const findings = judgePasswords(topology, { [variable]: "x".repeat(size) }, "fill");
        const [finding, ...others] = findings.filter(({ severity }) => severity === "error");
        expect(others).toEqual([]);
        if (finding !== undefined) expect(finding.message).toContain(`${variable} has ${size} bytes`);
        else
          expect(
            passwordsRead(topology, { ...Object.fromEntries(variables.map((other) => [other, ""])), [variable]: "x".repeat(size) })[
              variable
            ],
          ).toBeDefined();
      }),
    );
  });
});

const NODES = { e: ["etcd"], n: ["postgresql"], p: ["haproxy", "pgbouncer"] };

interface Position {
  /** A topology with the text in this place. */
  readonly written: (text: string) => object;
  readonly path: (text: string) => TopologyPath;
  /** The text as the files' readers find it. */
  readonly read: (file: (end: string) => string, text: string) => Record<string, unknown>;
}

/** Names of users or databases that lines of pg_hba hold. */
function namesIn(lists: readonly ("all" | readonly string[])[], text: string): string | undefined {
  return lists.flatMap((list) => (list === "all" ? [] : list)).find((name) => name === text);
}

const POSITIONS: Readonly<Record<string, Position>> = {
  scope: {
    written: (text) => ({ cluster: text, nodes: NODES }),
    path: () => ["cluster"],
    read: (file) => ({
      patroni: (readYaml(file("n/patroni.yml")) as { scope: unknown }).scope,
      etcd: (readYaml(file("etcd.yaml")) as Record<string, unknown>)["initial-cluster-token"],
      compose: (readYaml(file("compose.yaml")) as { name: unknown }).name,
      haproxy: readHaproxy(file("haproxy.cfg")).cluster,
    }),
  },
  database: {
    // With a reader: without one the maintenance database has nobody whom the pooler would let in.
    written: (text) => ({ cluster: "c", nodes: NODES, databases: { [text]: { readers: ["report"] } }, roles: { report: {} } }),
    path: (text) => ["databases", text],
    read: (file, text) => {
      const entry = readIni(file("pgbouncer.ini")).databases.find(({ name }) => name === `${text}_rw`);
      return {
        sql: readBootstrap(file("bootstrap.sql")).databases.find(({ name }) => name === text)?.name,
        alias: entry?.name.replace(/_rw$/, ""),
        pgbouncer: entry?.parameters.find(([key]) => key === "dbname")?.[1],
        pg_hba: namesIn(
          readHba(file("p-pgbouncer/pg_hba.conf")).map(({ databases }) => databases),
          `${text}_rw`,
        )?.replace(/_rw$/, ""),
        "pg_service.conf": readServiceFile(file("pg_service.conf")).get(`${text}-direct-rw`)?.["dbname"],
      };
    },
  },
  role: {
    written: (text) => ({
      cluster: "c",
      nodes: NODES,
      databases: { a_1: { owner: text } },
      roles: { [text]: { connection_limit: 3 } },
      pools: { size: 2 },
    }),
    path: (text) => ["roles", text],
    read: (file, text) => ({
      sql: readBootstrap(file("bootstrap.sql")).roles.find(({ name }) => name === text)?.name,
      users: readIni(file("pgbouncer.ini")).users[0]?.name,
      pg_hba: namesIn(
        readHba(file("p-pgbouncer/pg_hba.conf")).map(({ users }) => users),
        text,
      ),
      "pg_service.conf": readServiceFile(file("pg_service.conf")).get("a_1_rw")?.["user"],
    }),
  },
};

/** Any text, and often one that may be a name. */
const nameOrNot = fc.oneof(
  printableText,
  fc.stringMatching(/^[a-z_][a-z0-9_-]{0,63}$/),
  fc.constantFrom("select", "user", "order", "all", "postgres", "constructor", "__proto__"),
);

describe.each(Object.entries(POSITIONS))("any printable %s", (_, { written, path, read }) => {
  test("stands in every file as it is, or is refused at its place with a reason", () => {
    const counts = { refused: 0, read: 0 };
    fc.assert(
      fc.property(nameOrNot, (text) => {
        const { topology, diagnostics } = readTopology(
          { text: JSON.stringify(written(text)), file: "t" },
          { text: "", file: ".env" },
          "fill",
        );
        const errors = diagnostics.filter(({ severity }) => severity === "error");
        if (topology === undefined || errors.length > 0) {
          counts.refused += 1;
          const [finding] = errors;
          const place = errors.map((error) => error.path.slice(0, path(text).length));
          // This key is refused where it stands in the text, before there is data with paths.
          expect(place).toContainEqual(text === "__proto__" && path(text).length > 1 ? [] : path(text));
          expect([finding?.message, finding?.hint].every((part) => (part ?? "").length > 10)).toBe(true);
        } else {
          counts.read += 1;
          const found = read(finder(renderComposeBundle(topology, "1")), text);
          expect(found).toEqual(Object.fromEntries(Object.keys(found).map((reader) => [reader, text])));
        }
      }),
    );
    expect(Math.min(counts.refused, counts.read)).toBeGreaterThan(0);
  });
});
