import { secretsOf } from "@matriarch/topology";
import { topologyOf } from "@matriarch/topology/testing";
import { describe, expect, test } from "vitest";
import { judgePasswords } from "./judge.ts";

const topology = topologyOf("cluster: c\nnodes: { e: [etcd], n: [postgresql], p: [haproxy, pgbouncer] }\ndatabases: { app: {} }");

function findings(values: Readonly<Record<string, string>>): string[] {
  const found = judgePasswords(topology, values, "fill");
  for (const { variable, message } of found) expect(message.split(/[ :]/u)).not.toContain(values[variable ?? ""]);
  return found.map(({ code, severity, variable }) => `${severity} ${code} ${variable}`);
}

const STORED = {
  md5: "md5d41d8cd98f00b204e9800998ecf8427e",
  scram: `SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2FsdA==$${"A".repeat(43)}=:${"B".repeat(43)}=`,
};

describe("a password that is too long for its daemon", () => {
  const long = "0123456789".repeat(500);

  test("may have as many bytes as it takes", () => {
    expect(findings({ ETCD_ROOT_PASSWORD: "éèêëôû".repeat(6), ETCD_PATRONI_PASSWORD: long.slice(0, 72), ROLE_APP_PASSWORD: long })).toEqual(
      [],
    );
  });

  test("is an error with one byte more", () => {
    const values = { ETCD_ROOT_PASSWORD: `${"éèêëôû".repeat(6)}!`, PGBOUNCER_ADMIN_PASSWORD: long.slice(0, 2048) };
    expect(judgePasswords(topology, values, "fill").map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      "error ETCD_ROOT_PASSWORD has 73 bytes, and may have 72: etcd keeps passwords as bcrypt hashes, which take no more.",
      "error PGBOUNCER_ADMIN_PASSWORD has 2048 bytes, and may have 2047: PgBouncer leaves out a user whose password is longer.",
    ]);
  });
});

describe("a password in the form of a stored one", () => {
  test.each(Object.entries(STORED))("is refused where PostgreSQL or PgBouncer would take it for one: %s", (_, value) => {
    const refused = secretsOf(topology).filter(({ variable }) =>
      findings({ [variable]: value }).includes(`error secret-taken-for-hash ${variable}`),
    );
    expect(refused.map(({ variable }) => variable)).toEqual([
      "POSTGRES_PASSWORD",
      "ROLE_APP_PASSWORD",
      "MONITOR_PASSWORD",
      "PGBOUNCER_ADMIN_PASSWORD",
    ]);
  });

  test.each([
    STORED.md5.toUpperCase(),
    `${STORED.md5}0`,
    STORED.md5.slice(0, -1),
    STORED.md5.replace("d41d", "D41D"),
    "md5 is no hash",
    "SCRAM-SHA-256$",
    "SCRAM-SHA-256$4096:c2FsdA==$a:b",
    STORED.scram.replace("4096", "many"),
    `${STORED.scram}x`,
  ])("and is a password like another where they take it for one: %s", (value) => {
    expect(findings({ ROLE_APP_PASSWORD: value })).toEqual([]);
  });
});

describe("a password that can be guessed", () => {
  test.each([
    ["POSTGRES_PASSWORD", "x"],
    ["POSTGRES_PASSWORD", "Postgres"],
    ["PGBOUNCER_ADMIN_PASSWORD", "pgbouncer_admin"],
    ["ROLE_APP_PASSWORD", "password123"],
    ["ADMIN_HAPROXY_PASSWORD", "aaaaaaaaaaaaaaaaaaaa"],
  ])("gives a warning: %s=%s", (variable, value) => {
    expect(findings({ [variable]: value })).toEqual([`warning weak-secret ${variable}`]);
  });

  test("is not one of twelve different characters, nor one that is left blank", () => {
    expect(findings({ ROLE_APP_PASSWORD: "çorrect-hors", POSTGRES_PASSWORD: "" })).toEqual([]);
  });
});
