import { describe, expect, test } from "vitest";
import { resolve } from "../resolve/resolve.ts";
import { allMembers } from "../resolve/reach.ts";
import { topologySchema, type WrittenTopology } from "../schema/schema.ts";
import type { Topology } from "../resolve/topology.ts";
import { EMPTY_LEDGER, formatLedger, type Ledger, parseLedger } from "./ledger.ts";

const THREE: WrittenTopology["nodes"] = { node1: ["etcd", "postgresql"], node2: ["etcd", "postgresql"], proxy: ["haproxy"] };

function resolved(nodes: WrittenTopology["nodes"], ledger: Ledger = EMPTY_LEDGER): Topology {
  return resolve(topologySchema.parse({ cluster: "first", nodes }), ledger);
}

function addresses(topology: Topology): Record<string, string> {
  return Object.fromEntries(allMembers(topology).map(({ id, addresses: all }) => [id, Object.values(all).join(" ")]));
}

function identities(topology: Topology): Record<string, readonly string[]> {
  return Object.fromEntries(allMembers(topology).map(({ id, name, instance, volume }) => [id, [name, instance, volume]]));
}

test("members of a new cluster are counted from 11 in the order of the file", () => {
  expect([...resolved(THREE).ledger.values()].map(({ number }) => number)).toEqual([11, 12, 13, 14, 15]);
});

test("Patroni's and etcd's name is the node's, and a volume is named by node and daemon", () => {
  expect(identities(resolved({ ...THREE, node3: ["postgresql"] }))).toMatchObject({
    "node1-etcd": ["node1-etcd", "node1", "node1-etcd"],
    "node1-postgresql": ["node1-postgresql", "node1", "node1-postgresql"],
    "node3-postgresql": ["node3", "node3", "node3-postgresql"],
  });
});

describe("what a member was given stays with it", () => {
  const first = resolved(THREE);

  test("when a node is inserted above the others", () => {
    const later = resolved({ first: ["etcd"], ...THREE }, first.ledger);
    expect(addresses(later)).toMatchObject(addresses(first));
    expect(later.ledger.get("first-etcd")?.number).toBe(16);
  });

  // Immich PR#4906, mailcow#1277: PostgreSQL found an empty volume under a new name.
  test("when etcd moves to nodes of its own", () => {
    const later = resolved({ node1: ["postgresql"], node2: ["postgresql"], proxy: ["haproxy"], etcd1: ["etcd"] }, first.ledger);
    const { "node1-postgresql": node1 } = identities(first);
    expect(identities(later)["node1-postgresql"]).toEqual(node1);
    expect(addresses(later)["node1-postgresql"]).toBe(addresses(first)["node1-postgresql"]);
  });

  test("when it left and comes back; nobody was given its number meanwhile", () => {
    const without = resolved({ node2: ["etcd", "postgresql"], proxy: ["haproxy"], new: ["postgresql"] }, first.ledger);
    expect(without.ledger.get("new-postgresql")?.number).toBe(16);
    expect(addresses(resolved(THREE, without.ledger))).toEqual(addresses(first));
  });

  test("when it was given by an older version, by other rules", () => {
    const old = { number: 40, name: "node1", instance: "node1-etcd", volume: "node1-etcd-data" };
    const [member] = resolved(THREE, new Map([["node1-etcd", old]])).etcd;
    expect(member).toMatchObject({ name: "node1", instance: "node1-etcd", volume: "node1-etcd-data" });
    expect(member?.addresses.dcs).toMatch(/\.40$/);
  });
});

describe("an address that the node states", () => {
  const stating = (address: string) => ({ ...THREE, node1: { roles: ["etcd", "postgresql"] as const, address } }) as typeof THREE;
  const first = resolved(stating("172.28.0.50"));

  test("is counted up over its members, and kept when one of them leaves", () => {
    expect(first.ledger.get("node1-postgresql")).toMatchObject({ number: 51, stated: 50 });
    const alone = { ...stating("172.28.0.50"), node1: { roles: ["postgresql"] as const, address: "172.28.0.50" } } as typeof THREE;
    expect(resolved(alone, first.ledger).ledger.get("node1-postgresql")?.number).toBe(51);
  });

  test("moves the members when another is stated, and nothing else of them", () => {
    const later = resolved(stating("172.28.0.60"), first.ledger);
    expect(later.ledger.get("node1-etcd")?.number).toBe(60);
    expect(identities(later)).toEqual(identities(first));
  });

  test("gives way to a counted one when it is taken out", () => {
    expect(resolved(THREE, first.ledger).ledger.get("node1-etcd")).not.toHaveProperty("stated");
  });
});

test("a name that a member had is given to no other", () => {
  const first = resolved(THREE);
  const later = resolved({ "node1-etcd": ["postgresql"], proxy: ["haproxy"], node2: ["etcd"] }, first.ledger);
  expect(later.postgresql[0]?.name).toBe("node1-etcd-postgresql");
});

test("a ledger survives being written and read", () => {
  const { ledger } = resolved({ ...THREE, far: { roles: ["postgresql"], address: "172.28.0.80" } });
  const text = formatLedger(ledger);
  expect(formatLedger(parseLedger(text) ?? EMPTY_LEDGER)).toBe(text);
});

test.each(["", "{}", '{"members":[]}', '{"members":{"a-etcd":{"number":"11"}}}'])("what is no ledger is not read as one: %s", (text) => {
  expect(parseLedger(text)).toBeUndefined();
});
