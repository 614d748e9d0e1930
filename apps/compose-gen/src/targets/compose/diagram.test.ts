import { allMembers } from "@matriarch/topology";
import { anyTopology, topologyOf } from "@matriarch/topology/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { renderDiagram } from "./diagram.ts";

/** Identifiers that a diagram gives to boxes, and those that its arrows use. */
function identifiersIn(diagram: string): { readonly boxes: string[]; readonly ends: string[] } {
  const boxes = [...diagram.matchAll(/^ +(?:subgraph )?([a-z0-9_]+)[[({]/gm)].map(([, name = ""]) => name);
  const arrows = [...diagram.matchAll(/^ {2}(\w+) -\S*>(?:\|[^|]*\|)? (\w+)$/gm)];
  return { boxes, ends: arrows.flatMap(([, from = "", to = ""]) => [from, to]) };
}

test("draws each member of any valid topology once, and arrows between boxes only", () => {
  fc.assert(
    fc.property(anyTopology, (topology) => {
      const { boxes, ends } = identifiersIn(renderDiagram(topology));
      expect(new Set(boxes).size).toBe(boxes.length);
      expect(boxes.filter((name) => !name.startsWith("datacenter_") && name !== "clients")).toHaveLength(allMembers(topology).length);
      for (const end of ends) expect(boxes).toContain(end);
    }),
  );
});

test("no box is called like a word of Mermaid's own or like another thing in the picture", () => {
  const diagram = renderDiagram(
    topologyOf(
      "cluster: c\ndatacenters: [end, graph]\nnodes: { end: { roles: [etcd], datacenter: end }, clients: { roles: [postgresql], datacenter: graph }, b: { roles: [haproxy], datacenter: end } }",
    ),
  );
  expect(diagram).toContain('    etcd_end{{"end<br>etcd"}}');
  expect(diagram).toContain('  subgraph datacenter_end["end"]');
  expect(diagram).toContain('    postgresql_clients[("clients');
});

test("a pooler dials one balancer, the one in its configuration", () => {
  fc.assert(
    fc.property(anyTopology, (topology) => {
      const diagram = renderDiagram(topology);
      const drawn = [...diagram.matchAll(/^ {2}(pgbouncer_\w+) -->.* (haproxy_\w+)$/gm)].map(([, from, to]) => [from, to]);
      const identifier = (kind: string, name: string) => `${kind}_${name.replaceAll("-", "_")}`;
      expect(drawn).toEqual(
        topology.pgbouncer.map(({ name, balancer }) => [identifier("pgbouncer", name), identifier("haproxy", balancer ?? "")]),
      );
    }),
  );
});
