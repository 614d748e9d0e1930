import type { PostgresqlMember, Topology } from "../resolve/topology.ts";

/** How many PostgreSQL members there are of each kind; the others of a kind are as good as the first. */
export interface Members {
  /** May be the primary, and may be a synchronous standby. */
  readonly full: number;
  /** May be the primary only. */
  readonly promotable: number;
  /** May be a synchronous standby only. */
  readonly synchronous: number;
  /** Neither. */
  readonly spare: number;
}
export type MemberKind = keyof Members;
export const MEMBER_KINDS: readonly MemberKind[] = ["full", "promotable", "synchronous", "spare"];

/** What a node carries, a loss takes away, or a cluster has. */
export interface Parts {
  readonly etcd: number;
  readonly postgresql: Members;
  readonly haproxy: number;
  /** Poolers by name: those that run there, and those whose balancer does. */
  readonly poolers: ReadonlySet<string>;
}

export const NO_MEMBERS: Members = { full: 0, promotable: 0, synchronous: 0, spare: 0 };

export function kindOf({ promotable, synchronous }: PostgresqlMember): MemberKind {
  return promotable ? (synchronous ? "full" : "promotable") : synchronous ? "synchronous" : "spare";
}

export function countOf(members: Members): number {
  return members.full + members.promotable + members.synchronous + members.spare;
}

/** Kind by kind. */
export function combine(a: Members, b: Members, how: (a: number, b: number) => number): Members {
  return {
    full: how(a.full, b.full),
    promotable: how(a.promotable, b.promotable),
    synchronous: how(a.synchronous, b.synchronous),
    spare: how(a.spare, b.spare),
  };
}

export function merge(parts: readonly Parts[]): Parts {
  return {
    etcd: parts.reduce((sum, { etcd }) => sum + etcd, 0),
    postgresql: parts.reduce((sum, { postgresql }) => combine(sum, postgresql, (a, b) => a + b), NO_MEMBERS),
    haproxy: parts.reduce((sum, { haproxy }) => sum + haproxy, 0),
    poolers: new Set(parts.flatMap(({ poolers }) => [...poolers])),
  };
}

/** Poolers that a node takes with it: its own, and those that use its balancer. */
function poolersByNode({ pgbouncer, haproxy }: Topology): ReadonlyMap<string, readonly string[]> {
  const nodeOf = new Map(haproxy.map(({ name, node }) => [name, node]));
  const needed = pgbouncer.flatMap(({ name, node, balancer }) => [
    { name, at: node },
    { name, at: nodeOf.get(balancer ?? "") },
  ]);
  return new Map([...Map.groupBy(needed, ({ at }) => at ?? "")].map(([at, poolers]) => [at, poolers.map(({ name }) => name)]));
}

/** What each node takes with it, by its name, in the order of the file. */
export function partsOfNodes(topology: Topology): ReadonlyMap<string, Parts> {
  const etcd = new Set(topology.etcd.map(({ node }) => node));
  const haproxy = new Set(topology.haproxy.map(({ node }) => node));
  const postgresql = new Map(topology.postgresql.map((member) => [member.node, kindOf(member)]));
  const poolers = poolersByNode(topology);
  return new Map(
    topology.nodes.map(({ name }): [string, Parts] => {
      const kind = postgresql.get(name);
      return [
        name,
        {
          etcd: etcd.has(name) ? 1 : 0,
          postgresql: kind === undefined ? NO_MEMBERS : { ...NO_MEMBERS, [kind]: 1 },
          haproxy: haproxy.has(name) ? 1 : 0,
          poolers: new Set(poolers.get(name)),
        },
      ];
    }),
  );
}
