import { EXAMPLE_NAMES, HOSTILE_STRINGS, exampleTopology, printableText, topologyOf, validText } from "@matriarch/topology/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstService, renderPassfile, renderServiceFile, servicesOf } from "./service-file.ts";

const NODES = "nodes: { n1: [etcd, postgresql], n2: [postgresql], p: [haproxy, pgbouncer] }";

/** A line of a password file as libpq reads it: five fields, a backslash takes the next character as it is. */
function readPassfileLine(line: string): string[] {
  const fields = [""];
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? "";
    if (character === ":") fields.push("");
    else fields[fields.length - 1] += character === "\\" ? (line[(at += 1)] ?? "") : character;
  }
  return fields;
}

/** Sections as libpq reads them: `key=value` to the end of the line, nothing is quoted. */
function readServiceFile(text: string): Map<string, Record<string, string>> {
  const [, ...parts] = text.split(/^\[(.*)\]\n/m);
  const sections = new Map<string, Record<string, string>>();
  for (let index = 0; index < parts.length; index += 2) {
    const settings = (parts[index + 1] ?? "")
      .split("\n")
      .flatMap((line) => (line === "" ? [] : [/^(\w+)=(.*)$/.exec(line)?.slice(1) ?? ["?", line]]));
    sections.set(parts[index] ?? "", Object.fromEntries(settings));
  }
  return sections;
}

describe("the password file", () => {
  const topology = topologyOf(`cluster: c\n${NODES}\nroles: { app: {} }\ndatabases: { app: { owner: app } }`);

  function passwordRead(password: string): string | undefined {
    const { content } = renderPassfile(topology, { ROLE_APP_PASSWORD: password, MONITOR_PASSWORD: "x" });
    const fields = content.split("\n").map(readPassfileLine);
    return fields.find(([, , , user]) => user === "app")?.[4];
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
      fc.property(validText, (text) => {
        const topology = topologyOf(text);
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
