import fc from "fast-check";
import { expect, test } from "vitest";
import { allMembers } from "../resolve/reach.ts";
import { resolve } from "../resolve/resolve.ts";
import { topologySchema, type WrittenTopology } from "../schema/schema.ts";
import { validTopology } from "../testing/arbitrary/topology.ts";
import { formatLedger } from "./ledger.ts";

/** Nodes in any order, with another one somewhere between them. */
const rearranged = fc.tuple(validTopology, fc.array(fc.nat()), fc.nat()).map(([first, ranks, place]) => {
  const nodes = Object.entries(first.nodes)
    .map((entry, index) => ({ entry, rank: ranks[index] ?? 0 }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
  const added: (typeof nodes)[number] = ["added-later", ["etcd", "postgresql", "haproxy"]];
  const later: WrittenTopology = { ...first, nodes: Object.fromEntries(nodes.toSpliced(place % (nodes.length + 1), 0, added)) };
  return { first, later };
});

const resolved = (written: WrittenTopology, ...ledger: [] | [ReturnType<typeof resolve>["ledger"]]) =>
  resolve(topologySchema.parse(written), ...ledger);

test("whatever node is added wherever, and in whatever order, nobody else's identity or address changes", () => {
  fc.assert(
    fc.property(rearranged, ({ first, later }) => {
      const before = resolved(first);
      const after = new Map(allMembers(resolved(later, before.ledger)).map((member) => [member.id, member]));
      for (const { id, name, instance, volume, addresses } of allMembers(before)) {
        expect(after.get(id)).toMatchObject({ name, instance, volume });
        for (const [network, address] of Object.entries(addresses)) expect(after.get(id)?.addresses).toHaveProperty(network, address);
      }
    }),
  );
});

test("a topology with the ledger that it made gives that ledger again, byte for byte", () => {
  fc.assert(
    fc.property(validTopology, (written) => {
      const { ledger } = resolved(written);
      expect(formatLedger(resolved(written, ledger).ledger)).toBe(formatLedger(ledger));
    }),
  );
});
