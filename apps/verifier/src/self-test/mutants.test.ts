import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { SCENARIOS } from "../matrix/scenarios.ts";
import { isRendered, MANIFEST, sealed } from "./manifest.ts";
import type { Files } from "./mutant.ts";
import { MUTANTS } from "./mutants/index.ts";

const REPOSITORY = path.resolve(import.meta.dirname, "../../../..");
const EXAMPLE = "two-datacenters";
/** Where the goldens of this example stand: each renderer has its own. */
const GOLDENS = [
  "apps/compose-gen",
  "packages/etcd-config",
  "packages/haproxy-config",
  "packages/patroni-config",
  "packages/pgbouncer-config",
];

function filesBelow(folder: string): [string, string][] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return [path.relative(folder, file), readFileSync(file, "utf8")];
  });
}

/** Keys and passwords are no goldens: they are different each time. */
const BESIDE: readonly [string, string][] = [
  ...["node1", "node2", "node3"].flatMap((node) =>
    ["server.crt", "server.key", "rest.crt", "rest.key"].map((name): [string, string] => [`pki/${node}/${name}`, `${node}'s ${name}`]),
  ),
  ["pki/etcd1/server.crt", "etcd1's server.crt"],
  ["secrets/clients/pgpass", "*:*:*:app:a$b\\:c\n*:*:*:report:other\n"],
];

/** Files that are the same for every member: one golden stands for all of them. */
const TWINS: Readonly<Record<string, readonly string[]>> = {
  "etcd1/enable-auth.sh": ["etcd2/enable-auth.sh", "etcd3/enable-auth.sh"],
  "node1/bootstrap.sql": ["node2/bootstrap.sql", "node3/bootstrap.sql"],
  "node1/dynamic.yml": ["node2/dynamic.yml", "node3/dynamic.yml"],
};

function original(): Files {
  const goldens = GOLDENS.flatMap((room) => filesBelow(path.join(REPOSITORY, room, "fixtures", EXAMPLE)));
  const rendered = goldens.flatMap(([name, text]) => [name, ...(TWINS[name] ?? [])].map((file): [string, string] => [file, text]));
  const hashes = Object.fromEntries(rendered.map(([name]) => [name, "of other bytes"]));
  const manifest = JSON.stringify({ matriarch: "0.0.0", scope: EXAMPLE, files: hashes });
  return new Map([...rendered, ...BESIDE, [MANIFEST, manifest]]);
}

const ORIGINAL = original();

function changedIn(files: Files): string[] {
  return [...files.keys()].filter((name) => files.get(name) !== ORIGINAL.get(name)).toSorted();
}

const each = (name: string) => ["node1", "node2", "node3"].map((node) => `${node}/${name}`);
const configured = [...each("dynamic.yml"), ...each("patroni.yml")].toSorted();
const servers = ["node1", "node2", "node3"].flatMap((node) => [`pki/${node}/server.crt`, `pki/${node}/server.key`]);

/** The files that each mutant may change, and has to. */
const TOUCHES: Record<string, readonly string[]> = {
  "no-shutdown-sessions": ["haproxy/haproxy.cfg"],
  "no-refusal": ["haproxy/haproxy.cfg"],
  "no-lag-limit": ["haproxy/haproxy.cfg"],
  "names-not-verified": ["haproxy/haproxy.cfg"],
  "wrong-server-checked": ["haproxy/haproxy.cfg"],
  "wrong-server": ["haproxy/haproxy.cfg"],
  "reads-at-the-primary": ["haproxy/haproxy.cfg"],
  "open-statistics": ["haproxy/haproxy.cfg"],
  "session-pool": ["pgbouncer/pgbouncer.ini"],
  "pinned-pool": ["haproxy/haproxy.cfg"],
  "superuser-from-outside": each("patroni.yml"),
  plaintext: each("patroni.yml"),
  "trusted-network": each("patroni.yml"),
  "no-client-certificates": each("patroni.yml"),
  "certificate-without-a-name": servers,
  "powerful-application": each("bootstrap.sql"),
  promotable: ["node3/patroni.yml"],
  asynchronous: configured,
  "never-streams": ["node3/patroni.yml"],
  "no-slots": configured,
  "waits-for-the-crashed": configured,
  "longer-lease": configured,
  "no-checksums": each("patroni.yml"),
  "engine-names": ["compose.yaml", ...each("patroni.yml")],
  root: ["compose.yaml"],
  "may-gain-privileges": ["compose.yaml"],
  "unlimited-memory": ["compose.yaml"],
  "secret-in-the-environment": ["compose.yaml"],
  "published-to-everybody": ["compose.yaml"],
  "wide-etcd-role": ["etcd1/enable-auth.sh", "etcd2/enable-auth.sh", "etcd3/enable-auth.sh"],
};

describe("the mutants", () => {
  test("are at least twenty, each with a name of its own, and nobody has forgotten one here", () => {
    const ids = MUTANTS.map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(20);
    expect(ids.toSorted()).toEqual(Object.keys(TOUCHES).toSorted());
  });

  test.each(MUTANTS)("$id changes its own files of the reference bundle, and no other", ({ id, mutate }) => {
    expect(changedIn(mutate(ORIGINAL))).toEqual(TOUCHES[id]);
  });

  test.each(MUTANTS)("$id cannot be made of a bundle that has nothing of the kind", ({ mutate }) => {
    expect(() => mutate(new Map())).toThrow();
  });

  test.each(MUTANTS)("$id has to be found by a claim of a scenario that there is", ({ finder, claim }) => {
    const scenario = SCENARIOS.find(({ id }) => id === finder);
    expect(scenario?.claims.map(({ id }) => id)).toContain(claim);
  });

  test("that need a cluster of their own come last", () => {
    const starts = MUTANTS.map(({ start }) => start);
    expect(starts.lastIndexOf("running")).toBeLessThan(starts.indexOf("fresh"));
  });
});

describe("the manifest of a mutant", () => {
  test.each(MUTANTS)("$id matches every rendered file, and no other is in it", ({ mutate }) => {
    const { files, generation } = sealed(mutate(ORIGINAL));
    const { files: hashes } = JSON.parse(files.get(MANIFEST) ?? "") as { files: Record<string, string> };
    const rendered = [...files.keys()].filter((name) => isRendered(name) && name !== MANIFEST);
    expect(Object.keys(hashes).toSorted()).toEqual(rendered.toSorted());
    for (const [name, hash] of Object.entries(hashes)) {
      expect(hash, name).toBe(
        createHash("sha256")
          .update(files.get(name) ?? "")
          .digest("hex"),
      );
    }
    expect(generation).toMatch(/^[0-9a-f]{16}$/);
  });

  test("names the same folder for the same bytes, and another one for others", () => {
    const generations = MUTANTS.map(({ mutate }) => sealed(mutate(ORIGINAL)).generation);
    expect(sealed(ORIGINAL).generation).toBe(sealed(new Map(ORIGINAL)).generation);
    // Certificates are no part of it: the mutant of the certificate has the original's.
    expect(new Set(generations).size).toBe(MUTANTS.length);
  });
});
