import { readFile } from "node:fs/promises";
import path from "node:path";
import { NODE_ROLES, type NodeRole, allMembers } from "@matriarch/topology";
import { readIni } from "@matriarch/pgbouncer-config/testing";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { z } from "zod";
import { checkedBundle } from "../checked-bundle.ts";
import { etcdSettings } from "../etcd-settings.ts";
import { isKnownLimit } from "../patroni-limits.ts";
import { pgbouncerEntries, pgbouncerSettings, readRows } from "../pgbouncer-settings.ts";
import { run } from "../process.ts";
import { type Bench, removeBench, startBench } from "./bench.ts";
import { EXAMPLE, SAMPLE, membersOf, writeSample } from "./sample.ts";

/** Beside the bundles, and taken away with them. */
const folder = path.join(inject("bundles"), "sample");
const rendered = (place: number, file: string) => readFile(path.join(folder, String(place), "rendered", file), "utf8");

beforeAll(() => writeSample(folder));

/** A bench for the tests of one kind: there is never more than one. */
function benchOf(kind: NodeRole): () => Bench {
  let bench: Bench | undefined;
  beforeAll(async () => {
    bench = await startBench(await checkedBundle(EXAMPLE), kind, folder);
  });
  afterAll(() => removeBench(kind));
  return () => {
    if (bench === undefined) throw new Error(`no bench for ${kind}`);
    return bench;
  };
}

const PATIENT = { timeout: 300_000 };

describe("a sample of any topologies", PATIENT, () => {
  test("has two hundred of them, with every kind of daemon in most", () => {
    expect(SAMPLE).toHaveLength(200);
    for (const kind of NODE_ROLES) expect(membersOf(kind).length, kind).toBeGreaterThan(100);
  });

  test("compose reads every file as the members that it is to run, without a word", async () => {
    const viewSchema = z.object({ name: z.string(), services: z.record(z.string(), z.unknown()) });
    for (const [place, topology] of SAMPLE.entries()) {
      const file = path.join(folder, String(place), "rendered/compose.yaml");
      const { exitCode, stdout, stderr } = await run("docker", ["compose", "--file", file, "config", "--format", "json"]);
      expect({ place, exitCode, stderr }).toEqual({ place, exitCode: 0, stderr: "" });
      const { name, services } = viewSchema.parse(JSON.parse(stdout));
      expect(name).toBe(topology.scope);
      expect(Object.keys(services).toSorted()).toEqual(
        allMembers(topology)
          .map((member) => member.name)
          .toSorted(),
      );
    }
  });

  describe("haproxy -c", () => {
    const bench = benchOf("haproxy");
    test("accepts every file without a warning", async () => {
      const members = membersOf("haproxy");
      expect(await bench().check("haproxy.sh", members)).toBe(`${members.length} checked\n`);
    });
  });

  describe("Patroni and PostgreSQL", () => {
    const bench = benchOf("postgresql");
    test("accept every file, its parameters and its access lines; and the bootstrap runs, twice, without a complaint", async () => {
      const members = membersOf("postgresql");
      const said = (await bench().check("postgresql.py", members)).trimEnd().split("\n");
      const complaints = said.filter((line) => !isKnownLimit(line.replace(/^\d+ \S+: /, "")));
      expect(complaints).toEqual([`${members.length} checked, ${Math.ceil(members.length / 10)} started`]);
    });
  });

  describe("etcd", () => {
    const bench = benchOf("etcd");
    test("runs with what each file says", async () => {
      const members = membersOf("etcd");
      const said = (await bench().check("etcd.sh", members)).trimEnd().split("\n");
      expect(said).toHaveLength(members.length);
      for (const [index, { place, member }] of members.entries()) {
        const log = said[index]?.replace(/^\d+ /, "") ?? "";
        expect(log).toContain('"starting an etcd server"');
        const settings = etcdSettings(await rendered(place, `${member.name}/etcd.yaml`), log);
        expect({ place, ...settings.said }).toEqual({ place, ...settings.written });
      }
    });
  });

  describe("PgBouncer", () => {
    const bench = benchOf("pgbouncer");
    test("runs with what each file says, and read it without a word of complaint", async () => {
      const members = membersOf("pgbouncer");
      const said = (await bench().check("pgbouncer.sh", members)).split("\u001D").slice(0, -1);
      expect(said).toHaveLength(members.length);
      for (const [index, { place, member }] of members.entries()) {
        const [, config = "", databases = "", users = "", log = ""] = said[index]?.split("\u001E").map((part) => part.trim()) ?? [];
        const ini = readIni(await rendered(place, `${member.name}/pgbouncer.ini`));
        for (const { said: shown, written } of [
          pgbouncerSettings(ini, readRows(config)),
          pgbouncerEntries(ini.databases, readRows(databases)),
          pgbouncerEntries(ini.users, readRows(users)),
        ]) {
          expect({ place, ...shown }).toEqual({ place, ...written });
        }
        expect(log).toContain("process up: PgBouncer");
        expect(log.split("\n").filter((line) => /WARNING|ERROR|FATAL|unknown|unrecognized|invalid/i.test(line))).toEqual([]);
      }
    });
  });
});
