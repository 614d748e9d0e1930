import type { NodeRole } from "@matriarch/topology";
import type { Answers, Layout } from "./answers.ts";

/** A node of a starter topology. */
export interface StarterNode {
  readonly name: string;
  readonly roles: readonly NodeRole[];
  /** Which datacenter, counted from 0. */
  readonly place: number;
  /** Follows asynchronously and is never promoted by itself: the only PostgreSQL of a second datacenter. */
  readonly remote: boolean;
}

/** Datacenters of the three etcd members and of the three PostgreSQL nodes: of two, the first holds the majority. */
const PLACES: Readonly<Record<number, readonly [number, number, number]>> = { 1: [0, 0, 0], 2: [0, 0, 1], 3: [0, 1, 2] };

/** The most datacenters for which there is a node each. */
export const MOST_DATACENTERS = Object.keys(PLACES).length;

/** What runs where: `place` is that of the trio, or of the proxies one after the other. */
const TRIOS: Record<Layout, readonly { readonly prefix: string; readonly roles: readonly NodeRole[] }[]> = {
  compact: [{ prefix: "node", roles: ["etcd", "postgresql"] }],
  redundant: [{ prefix: "node", roles: ["etcd", "postgresql"] }],
  separate: [
    { prefix: "etcd", roles: ["etcd"] },
    { prefix: "node", roles: ["postgresql"] },
  ],
};

const PROXIES: Record<Layout, readonly string[]> = {
  compact: ["proxy"],
  redundant: ["proxy1", "proxy2"],
  separate: ["proxy1", "proxy2"],
};

/** The nodes of a starter topology, in the order of the file. */
export function starterNodes({ layout, datacenters }: Pick<Answers, "layout" | "datacenters">): StarterNode[] {
  const places = PLACES[datacenters.length] ?? [0, 0, 0];
  const trios = TRIOS[layout].flatMap(({ prefix, roles }) =>
    places.map((place, index) => ({
      name: `${prefix}${index + 1}`,
      roles,
      place,
      remote: datacenters.length === 2 && place === 1 && roles.includes("postgresql"),
    })),
  );
  const proxies = PROXIES[layout].map((name, index) => ({
    name,
    roles: ["haproxy", "pgbouncer"] as const,
    place: Math.min(index, datacenters.length - 1),
    remote: false,
  }));
  return [...trios, ...proxies];
}
