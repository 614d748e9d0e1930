import { EXAMPLE_NAMES, HOSTILE_STRINGS, exampleTopology, printableText, anyTopology, topologyOf } from "@matriarch/topology/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPassfile, readServiceFile } from "../../testing/libpq.ts";
import { firstService, renderPassfile, renderServiceFile, servicesOf } from "./service-file.ts";

const NODES = "nodes: { n1: [etcd, postgresql], n2: [postgresql], p: [haproxy, pgbouncer] }";

describe("the password file", () => {
  const topology = topologyOf(`cluster: c\n${NODES}\nroles: { app: {} }\ndatabases: { app: { owner: app } }`);

  function passwordRead(password: string): string | undefined {
    const { content } = renderPassfile(topology, { ROLE_APP_PASSWORD: password, MONITOR_PASSWORD: "x" });
    return readPassfile(content).find(({ user }) => user === "app")?.password;
  }

  test.each(HOSTILE_STRINGS)("hands libpq the password %j", (password) => {
    expect(passwordRead(password)).toBe(password);
  });

  test("hands libpq any printable password", () => {
    fc.assert(
      fc.property(printableText, (password) => {
        expect(passwordRead(password)).toBe(password);
      }),
    );
  });

  test("has a line for each role, and is the person's own", () => {
    const { content, mode, owner, path } = renderPassfile(topology, { ROLE_APP_PASSWORD: "a", MONITOR_PASSWORD: "m" });
    expect({ content, mode, owner, path }).toEqual({
      content: "*:*:*:app:a\n*:*:*:monitor:m\n",
      mode: 0o600,
      owner: null,
      path: "clients/pgpass",
    });
  });
});

describe("the service file", () => {
  test("says to libpq what the services are, for any valid topology", () => {
    fc.assert(
      fc.property(anyTopology, (topology) => {
        const services = servicesOf(topology);
        const read = readServiceFile(renderServiceFile(topology).content);
        expect([...read.keys()]).toEqual(services.map(({ name }) => name));
        for (const { name, settings } of services) {
          expect(read.get(name)).toEqual(Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, String(value)])));
          expect(settings).toMatchObject({ sslmode: "verify-full" });
          expect(settings).not.toHaveProperty("password");
        }
      }),
    );
  });

  test("names a certificate exactly where clients must present one", () => {
    for (const asks of [true, false]) {
      const services = servicesOf(topologyOf(`cluster: c\n${NODES}\ntls: { client_certificates: ${asks} }`));
      expect(services.length).toBeGreaterThan(0);
      for (const { settings } of services) expect(["sslcert" in settings, "sslkey" in settings]).toEqual([asks, asks]);
    }
  });

  test("names every pooler, and every balancer with the kind of session that is wanted", () => {
    const two = "nodes: { n1: [etcd, postgresql], n2: [postgresql], a: [haproxy, pgbouncer], b: [haproxy, pgbouncer] }";
    const services = new Map(servicesOf(topologyOf(`cluster: c\n${two}`)).map(({ name, settings }) => [name, settings]));
    expect(services.get("app_rw")).toMatchObject({ host: "localhost,localhost", port: expect.stringMatching(/^6432,\d+$/) });
    expect(services.get("app_rw")).not.toHaveProperty("target_session_attrs");
    expect(services.get("app-direct-rw")).toMatchObject({ host: "localhost,localhost", target_session_attrs: "read-write" });
    expect(services.get("app-direct-ro")).toMatchObject({ host: "localhost,localhost", target_session_attrs: "prefer-standby" });
  });

  test("goes past the pooler where there is none", () => {
    const names = servicesOf(topologyOf("cluster: c\nnodes: { n: [etcd, postgresql, haproxy] }")).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(name).toMatch(/-direct-r[wo]$/);
  });

  test.each(EXAMPLE_NAMES)("the first service of %s writes to an application's database", (example) => {
    const topology = exampleTopology(example);
    const { name } = firstService(topology) ?? {};
    expect(topology.databases.filter(({ owner }) => owner !== null).map((database) => `${database.name}_rw`)).toContain(name);
  });
});
