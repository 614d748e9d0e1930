import { allMembers } from "../resolve/reach.ts";
import type { PublishedPort, Topology } from "../resolve/topology.ts";
import { error, type TopologyRule } from "./finding.ts";

interface Publication extends PublishedPort {
  readonly node: string;
}

const EVERY_ADDRESS = "0.0.0.0";

function publicationsOf(topology: Topology): Publication[] {
  return allMembers(topology).flatMap(({ node, published }) => published.map((port) => ({ ...port, node })));
}

function collide(a: Publication, b: Publication): boolean {
  return a.hostAddress === b.hostAddress || a.hostAddress === EVERY_ADDRESS || b.hostAddress === EVERY_ADDRESS;
}

function nextFreePort(taken: ReadonlySet<number>, from: number): number {
  let candidate = from + 1;
  while (taken.has(candidate)) candidate += 1;
  return candidate;
}

export const portCollision: TopologyRule = (topology) => {
  const publications = publicationsOf(topology);
  const taken = new Set(publications.map(({ hostPort }) => hostPort));
  const byPort = Map.groupBy(publications, ({ hostPort }) => hostPort);
  return [...byPort.values()].flatMap((sharing) =>
    sharing.flatMap((late, index) => {
      const early = sharing.slice(0, index).find((candidate) => collide(candidate, late));
      if (early === undefined) return [];
      const message = `Port ${late.hostPort} of the host is taken twice: by ${early.service} of node ${early.node} on ${early.hostAddress}, by ${late.service} of node ${late.node} on ${late.hostAddress}.`;
      const hint = `Publish one of them elsewhere, for example \`publish: { ${late.service}: ${nextFreePort(taken, late.hostPort)} }\` at node ${late.node}.`;
      return error("port-collision", ["nodes", late.node, "publish", late.service], message, hint);
    }),
  );
};
