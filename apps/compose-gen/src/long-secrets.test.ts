import { topologyOf } from "@matriarch/topology/testing";
import { expect, test } from "vitest";
import { longSecrets } from "./long-secrets.ts";

const topology = topologyOf("cluster: c\nnodes: { e: [etcd], n: [postgresql], p: [haproxy, pgbouncer] }");

test("a password may have as many bytes as its daemon takes", () => {
  const values = { ETCD_ROOT_PASSWORD: "é".repeat(36), ETCD_PATRONI_PASSWORD: "x".repeat(72), ROLE_APP_PASSWORD: "x".repeat(5000) };
  expect(longSecrets(topology, values, ".env")).toEqual([]);
});

test("one byte more is an error that names the variable and not its value", () => {
  const findings = longSecrets(topology, { ETCD_ROOT_PASSWORD: `${"é".repeat(36)}!`, PGBOUNCER_ADMIN_PASSWORD: "x".repeat(2048) }, ".env");
  expect(findings.map(({ code, severity, message }) => [code, severity, message])).toEqual([
    [
      "secret-too-long",
      "error",
      "ETCD_ROOT_PASSWORD has 73 bytes, and may have 72: etcd keeps passwords as bcrypt hashes, which take no more.",
    ],
    [
      "secret-too-long",
      "error",
      "PGBOUNCER_ADMIN_PASSWORD has 2048 bytes, and may have 2047: PgBouncer leaves out a user whose password is longer.",
    ],
  ]);
});
