import { EMPTY_LEDGER, formatLedger } from "@matriarch/topology";
import { describe, expect, test } from "vitest";
import { appliedFrom, type Generation, generationOf, nextOf } from "../testing/generations.ts";
import { NOTHING_BEFORE, readBefore } from "./before.ts";
import { formatFacts } from "./facts.ts";
import { refusalsOf } from "./refusals.ts";

type Nodes = Parameters<typeof generationOf>[0]["nodes"];

const MINIMAL: Nodes = {
  node1: ["etcd", "postgresql"],
  node2: ["etcd", "postgresql"],
  node3: ["etcd", "postgresql"],
  proxy: ["haproxy", "pgbouncer"],
};
const ETCD: Nodes = { etcd1: ["etcd"], etcd2: ["etcd"], etcd3: ["etcd"], proxy: ["haproxy"] };
const APART: Nodes = { ...ETCD, node1: ["postgresql"], node2: ["postgresql"], node3: ["postgresql"] };

const first = generationOf({ nodes: APART });

/** Codes of what is refused when a topology is rendered over a cluster that runs. */
function codes(before: Generation, written: Parameters<typeof nextOf>[1], changes?: Parameters<typeof appliedFrom>[1]): string[] {
  return refusalsOf(appliedFrom(before, changes), nextOf(before, written).facts).map(({ code }) => code);
}

describe("what would lose data or take the cluster down is refused", () => {
  test("etcd moved to nodes of its own (immich PR#4906, mailcow#1277): etcd's members would change, PostgreSQL's data stays", () => {
    const before = generationOf({ nodes: MINIMAL });
    const nodes: Nodes = { ...ETCD, node1: ["postgresql"], node2: ["postgresql"], node3: ["postgresql"], proxy: ["haproxy", "pgbouncer"] };
    expect(codes(before, { nodes })).toEqual(["etcd-members-changed"]);
  });

  test.each<[string, Nodes]>([
    ["3 to 5 (etcd#8847)", { ...APART, etcd4: ["etcd"], etcd5: ["etcd"] }],
    [
      "3 to 1 (kubespray#270)",
      { node1: ["postgresql"], node2: ["postgresql"], node3: ["postgresql"], etcd1: ["etcd"], proxy: ["haproxy"] },
    ],
    ["one replaced", Object.fromEntries(Object.entries(APART).map(([name, roles]) => [name === "etcd3" ? "etcd9" : name, roles]))],
  ])("etcd's members: %s", (_, nodes) => {
    expect(codes(first, { nodes })).toEqual(["etcd-members-changed"]);
  });

  test.each<[string, Nodes]>([
    ["removed", { ...ETCD, node1: ["postgresql"], node2: ["postgresql"] }],
    ["renamed", { ...ETCD, node1: ["postgresql"], node2: ["postgresql"], db3: ["postgresql"] }],
    ["given another role", { ...ETCD, node1: ["postgresql"], node2: ["postgresql"], node3: ["haproxy"] }],
  ])("a PostgreSQL node that is %s leaves its data behind", (_, nodes) => {
    expect(codes(first, { nodes })).toEqual(["data-left-behind"]);
  });

  test("every node renamed: the only copy would go", () => {
    const nodes: Nodes = { ...ETCD, db1: ["postgresql"], db2: ["postgresql"] };
    expect(codes(first, { nodes }, { forgotten: ["node1", "node2", "node3"] })).toEqual(["only-copy"]);
  });

  test("the only node that may be promoted would go", () => {
    const far = { roles: ["postgresql"], promotable: false } as const;
    const before = generationOf({ nodes: { ...ETCD, node1: ["postgresql"], node2: { ...far, roles: ["postgresql"] } } });
    const nodes: Nodes = { ...ETCD, node2: { ...far, roles: ["postgresql"] }, node4: ["postgresql"] };
    expect(codes(before, { nodes }, { forgotten: ["node1"] })).toEqual(["only-copy"]);
  });

  test("the only synchronous standby would go", () => {
    const replication = { mode: "synchronous" } as const;
    const before = generationOf({ nodes: { ...ETCD, node1: ["postgresql"], node2: ["postgresql"] }, replication });
    const nodes: Nodes = { ...ETCD, node1: ["postgresql"], node5: ["postgresql"] };
    expect(codes(before, { nodes, replication }, { forgotten: ["node2"] })).toEqual(["only-copy"]);
  });

  test("networks changed on a living cluster (docker/compose#5416), not on one that is down", () => {
    const changed = { nodes: APART, networks: { database: "172.30.1.0/24" } };
    expect(codes(first, changed)).toEqual(["networks-changed"]);
    expect(codes(first, changed, { isStopped: true })).toEqual([]);
  });

  test("an address that is stated anew on a living cluster", () => {
    const nodes: Nodes = { ...APART, node1: { roles: ["postgresql"], address: "172.28.1.99" } };
    expect(codes(first, { nodes })).toEqual(["networks-changed"]);
  });

  test("the cluster renamed over its data", () => {
    expect(codes(first, { cluster: "second", nodes: APART })).toEqual(["cluster-renamed"]);
  });

  test("another cluster's topology over a bundle that was never started", () => {
    const before = { ...NOTHING_BEFORE, scope: "first" };
    expect(refusalsOf(before, generationOf({ cluster: "second", nodes: APART }).facts).map(({ code }) => code)).toEqual([
      "another-cluster",
    ]);
    expect(refusalsOf(before, first.facts)).toEqual([]);
  });

  test("a ledger that is not the cluster's", () => {
    const row = { number: 20, name: "node1", instance: "other", volume: "other" };
    const other = generationOf({ nodes: APART }, new Map([...first.topology.ledger, ["node1-postgresql", row]]));
    expect(refusalsOf(appliedFrom(first), other.facts).map(({ code }) => code)).toContain("identity-changed");
  });
});

describe("what can be carried out is accepted", () => {
  test.each<[string, Parameters<typeof nextOf>[1]]>([
    ["nothing", { nodes: APART }],
    ["a PostgreSQL node more", { nodes: { ...APART, node4: ["postgresql"] } }],
    ["a node above the others", { nodes: { above: ["postgresql"], ...APART } }],
    ["a pooler more, on a node that is there", { nodes: { ...APART, node3: ["postgresql", "pgbouncer"] } }],
    ["the balancer on another node", { nodes: { ...APART, proxy: ["pgbouncer"], edge: ["haproxy"] } }],
    ["a parameter", { nodes: APART, parameters: { postgresql: { work_mem: "8MB" } } }],
  ])("%s", (_, written) => {
    expect(codes(first, written)).toEqual([]);
  });

  test("a PostgreSQL node that goes, once its data is not wanted any more", () => {
    const nodes: Nodes = { ...ETCD, node1: ["postgresql"], node2: ["postgresql"] };
    expect(codes(first, { nodes }, { forgotten: ["node3"] })).toEqual([]);
  });

  test("anything, where nothing was started", () => {
    expect(refusalsOf(NOTHING_BEFORE, first.facts)).toEqual([]);
  });
});

describe("a folder that cannot be trusted is refused, whatever is rendered", () => {
  const applied = { facts: formatFacts(first.facts), started: [], isStopped: false, forgotten: [] };
  const whole = { ledger: formatLedger(first.topology.ledger), applied, scope: "first", rendered: undefined };

  test.each([
    ["ledger-missing", { ...whole, ledger: undefined }],
    ["ledger-unreadable", { ...whole, ledger: "{" }],
    ["applied-unreadable", { ...whole, applied: { ...applied, facts: "{" } }],
    ["older-bundle-unclear", { ...whole, applied: { ...applied, facts: undefined } }],
  ])("%s", (code, stored) => {
    const refused = refusalsOf(readBefore(stored), first.facts);
    expect(refused.map((finding) => finding.code)).toEqual([code]);
    expect(refused[0]?.hint).not.toBe("");
  });

  test("a ledger alone, with nothing started, is the one to go on with", () => {
    const before = readBefore({ ...whole, applied: undefined });
    expect(before.findings).toEqual([]);
    expect(before.ledger).not.toEqual(EMPTY_LEDGER);
  });
});
