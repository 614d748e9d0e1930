import type { Topology } from "@matriarch/topology";
import { exampleTopology, oneIn, topologyOf } from "@matriarch/topology/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY } from "./calendar.ts";
import { issuePki } from "./issue-pki.ts";
import { factsOf, issue, NOW, plan, without, written } from "./testing/cluster.ts";
import { nodeSigner } from "./testing/node-signer.ts";

const reference = exampleTopology("two-datacenters");
const disk = written(issue(reference));
const isPrivate = (path: string): boolean => path.endsWith(".key");

describe("issuePki", () => {
  it("writes private keys for their owner alone, and all else for everybody", () => {
    const files = issue(reference);
    const readable = files.filter(({ mode }) => mode === 0o644).map(({ path }) => path);
    expect(files.filter(({ mode }) => mode === 0o600).map(({ path }) => path)).toEqual(files.map(({ path }) => path).filter(isPrivate));
    expect(files.filter(({ content }) => content.includes("PRIVATE KEY")).map(({ path }) => path)).toEqual(
      files.map(({ path }) => path).filter(isPrivate),
    );
    expect(readable).toEqual(files.map(({ path }) => path).filter((path) => !isPrivate(path)));
  });

  it("writes an authority before what it signed, and a key before its certificate", () => {
    const paths = issue(reference).map(({ path }) => path);
    expect(paths.indexOf("ca/cluster-ca.crt")).toBeLessThan(paths.indexOf("node1/server.key"));
    for (const path of paths.filter((other) => other.endsWith(".crt") && !other.endsWith("-ca.crt"))) {
      expect(paths.indexOf(path.replace(".crt", ".key"))).toBeLessThan(paths.indexOf(path));
    }
  });

  it("writes nothing where everything is in order", () => {
    expect(issue(reference, { existing: disk })).toEqual([]);
  });

  it("renews every certificate and writes no key", () => {
    const files = issue(reference, { existing: disk, renewal: "all", now: NOW + DAY });
    expect(files).toHaveLength(plan(reference).leaves.length);
    for (const { path } of files) expect(path).toMatch(/^(?!ca\/).*\.crt$/);
    const renewed = written(files, disk);
    expect(factsOf(renewed, "node1/server.crt").publicKey).toEqual(factsOf(disk, "node1/server.crt").publicKey);
    expect(factsOf(renewed, "node1/server.crt").serial).not.toEqual(factsOf(disk, "node1/server.crt").serial);
    expect(issue(reference, { existing: renewed, now: NOW + DAY })).toEqual([]);
  });

  it("restores copies that are missing or were changed", () => {
    const existing = new Map([...without(disk, "etcd1/token.key", "node1/etcd-ca.crt"), ["haproxy/cluster-ca.crt", "something else"]]);
    const files = issue(reference, { existing });
    expect(files.map(({ path }) => path)).toEqual(["etcd1/token.key", "node1/etcd-ca.crt", "haproxy/cluster-ca.crt"]);
    expect(files.filter(({ path, content }) => content !== disk.get(path))).toEqual([]);
  });

  it("completes what an interrupted run left behind, wherever it was interrupted", () => {
    const files = issue(reference);
    const anywhere = fc.nat(files.length);
    fc.assert(
      fc.property(anywhere, (count) => {
        const first = files.slice(0, count);
        const rest = issue(reference, { existing: written(first) });
        const done = written(rest, written(first));
        expect([...done.keys()].toSorted()).toEqual([...disk.keys()].toSorted());
        expect(issue(reference, { existing: done })).toEqual([]);
      }),
      oneIn(30),
    );
  });

  it("carries out no plan that has errors", () => {
    const existing = without(disk, "node1/server.key");
    const refused = plan(reference, { existing });
    expect(() => issuePki({ plan: refused, existing, signer: nodeSigner, now: NOW })).toThrow(RangeError);
  });

  it("carries out no plan that was made for another disk", () => {
    expect(() => issuePki({ plan: plan(reference), existing: disk, signer: nodeSigner, now: NOW })).toThrow(
      "would overwrite the private key",
    );
    expect(() =>
      issuePki({ plan: plan(reference, { existing: disk, renewal: "all" }), existing: new Map(), signer: nodeSigner, now: NOW }),
    ).toThrow(RangeError);
  });
});

/** Small clusters with hostile names: those of system roles, of folders inside others, and the longest. */
const anyTopology: fc.Arbitrary<Topology> = fc
  .record({
    cluster: fc.constantFrom("c", "x".repeat(63)),
    nodes: fc.uniqueArray(fc.constantFrom("replicator", "rewinder", "pgbouncer", "operator", "roles", "postgres", "n1", "n2"), {
      minLength: 4,
      maxLength: 4,
    }),
    role: fc.constantFrom("app", "operator", "clients", "_", "r".repeat(59)),
    names: fc.subarray(["db.example.org", "192.0.2.9", "localhost"]),
    publish: fc.constantFrom("127.0.0.1", "0.0.0.0", "192.0.2.1"),
    leaf: fc.integer({ min: 1, max: 5000 }),
  })
  .map(({ cluster, nodes: [a, b, c, d], role, names, publish, leaf }) =>
    topologyOf(`
cluster: ${cluster}
nodes: { ${a}: [etcd, postgresql], ${b}: [postgresql], ${c}: [haproxy], ${d}: [haproxy, pgbouncer] }
databases: { app: { owner: ${role} } }
publish_address: ${publish}
tls: { names: [${names.join(", ")}], lifetime: { leaf: ${leaf} } }
`),
  );

describe("for any topology", () => {
  it("one run is enough: the next finds nothing to do", () => {
    fc.assert(
      fc.property(anyTopology, (topology) => {
        const existing = written(issue(topology));
        expect(issue(topology, { existing })).toEqual([]);
      }),
      oneIn(50),
    );
  });

  it("a change from any other leaves every private key as it is", () => {
    fc.assert(
      fc.property(anyTopology, anyTopology, fc.constantFrom("none", "expiring", "all"), (before, after, renewal) => {
        const existing = written(issue(before));
        const files = issue(after, { existing, renewal });
        expect(files.filter(({ path }) => isPrivate(path) && existing.has(path))).toEqual([]);
        expect(issue(after, { existing: written(files, existing) })).toEqual([]);
      }),
      oneIn(30),
    );
  });

  it("with any files lost, either an error says so or everything is there afterwards, and no key was replaced", () => {
    // A CA's key may be kept elsewhere: losing it is no error while there is nothing to sign.
    const paths = [...disk.keys()].filter((path) => !/^ca\/.*-ca\.key$/.test(path));
    fc.assert(
      fc.property(fc.subarray(paths, { minLength: 1, maxLength: 8 }), (lost) => {
        const existing = without(disk, ...lost);
        const { findings } = plan(reference, { existing });
        if (findings.some(({ severity }) => severity === "error")) return;
        const files = issue(reference, { existing });
        expect(files.filter(({ path }) => isPrivate(path) && existing.has(path))).toEqual([]);
        expect([...written(files, existing).keys()].toSorted()).toEqual([...disk.keys()].toSorted());
      }),
      oneIn(12),
    );
  });
});
