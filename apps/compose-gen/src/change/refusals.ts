import type { Finding } from "@matriarch/topology";
import type { Before } from "./before.ts";
import type { ChangeCode } from "./codes.ts";
import type { Facts, MemberFacts } from "./facts.ts";

type Refusal = Finding<ChangeCode>;

/** The generation that was applied, and the one that is to take its place. */
interface Change {
  readonly applied: Facts;
  readonly next: Facts;
  readonly isStopped: boolean;
  readonly forgotten: readonly string[];
}

type Guard = (change: Change) => readonly Refusal[];

function refuse(code: ChangeCode, path: Refusal["path"], message: string, hint: string): Refusal {
  return { code, severity: "error", path, message, hint };
}

const pageOf = (section: string) => `docs/changing-a-cluster.md, "${section}"`;

function namesOf(members: readonly Pick<MemberFacts, "name">[]): string {
  return members.map(({ name }) => name).join(", ");
}

function ofKind({ members }: Facts, kind: MemberFacts["kind"]): MemberFacts[] {
  return members.filter((member) => member.kind === kind);
}

/** PostgreSQL members whose data the next generation goes on with. */
function keptNodes({ applied, next }: Change): MemberFacts[] {
  const volumes = new Map(ofKind(next, "postgresql").map(({ volume, id }) => [volume, id]));
  return ofKind(applied, "postgresql").filter(({ volume, id }) => volumes.get(volume) === id);
}

/** A volume that nothing mounts any more: the role moved, the node was removed or renamed (immich PR#4906, mailcow#1277). */
const dataLeftBehind: Guard = (change) => {
  const kept = new Set(keptNodes(change).map(({ id }) => id));
  const left = ofKind(change.applied, "postgresql").filter(({ id, name }) => !kept.has(id) && !change.forgotten.includes(name));
  return left.map(({ name, node, volume }) =>
    refuse(
      "data-left-behind",
      ["nodes", node],
      `The data of ${name} (volume ${volume}) would be left behind: no PostgreSQL node of the topology mounts it any more.`,
      `Keep PostgreSQL on node ${node}, by that name. To take the node out: ./cluster forget ${name}, then render again; ${pageOf("A PostgreSQL node that goes")}.`,
    ),
  );
};

/** What no other node can stand in for. */
const onlyCopy: Guard = (change) => {
  const before = ofKind(change.applied, "postgresql");
  const kept = keptNodes(change);
  if (before.length === 0 || kept.length === before.length) return [];
  const gone = namesOf(before.filter((member) => !kept.includes(member)));
  const way = `Let the new nodes join first, beside ${gone}: render, ./cluster up, and take it out when they follow; ${pageOf("A PostgreSQL node that goes")}.`;
  const needed = change.applied.replication === "asynchronous" ? 1 : 2;
  const fit = (members: readonly MemberFacts[]) => members.filter(({ promotable, synchronous }) => promotable && synchronous).length;
  if (kept.length === 0) return [refuse("only-copy", ["nodes"], `${gone} holds the only copy of the data, and would go.`, way)];
  if (!kept.some(({ promotable }) => promotable)) {
    return [refuse("only-copy", ["nodes"], `${gone} is the only node with data that may be promoted, and would go.`, way)];
  }
  if (change.applied.replication !== "asynchronous" && fit(before) >= needed && fit(kept) < needed) {
    const message = `Without ${gone} acknowledged writes would be on one node only: no other one that has data may be synchronous.`;
    return [refuse("only-copy", ["nodes"], message, way)];
  }
  return [];
};

/** etcd forms another cluster, or none: "cluster ID mismatch" (etcd#8847, kubespray#270). */
const etcdMembers: Guard = ({ applied, next }) => {
  const before = ofKind(applied, "etcd");
  const after = ofKind(next, "etcd");
  const added = after.filter(({ id }) => !before.some((member) => member.id === id));
  const gone = before.filter(({ id }) => !after.some((member) => member.id === id));
  if (added.length === 0 && gone.length === 0) return [];
  const changes = [...added.map(({ name }) => `${name} comes`), ...gone.map(({ name }) => `${name} goes`)].join(", ");
  return [
    refuse(
      "etcd-members-changed",
      ["nodes"],
      `etcd's members would change (${changes}): those that run do not know the new ones, and PostgreSQL would lose its lease.`,
      `Keep etcd on ${namesOf(before)}. The way by hand: ${pageOf("etcd's members")}.`,
    ),
  ];
};

/** Somebody changed or replaced the ledger: Patroni and etcd would take a member for another one. */
const identities: Guard = ({ applied, next }) =>
  applied.members.flatMap((member) => {
    const now = next.members.find(({ id }) => id === member.id);
    if (now === undefined || member.volume === null) return [];
    if (now.name === member.name && now.instance === member.instance && now.volume === member.volume) return [];
    const message = `${member.name} would become another member: name ${now.name}, known as ${now.instance}, volume ${now.volume}.`;
    const hint = `ledger.json is not the one that the cluster was started with: cp .applied/ledger.json ledger.json, then render again.`;
    return [refuse("identity-changed", ["nodes", member.node], message, hint)];
  });

/** The engine cannot change a network that containers are in (docker/compose#5416). */
const networks: Guard = ({ applied, next, isStopped }) => {
  if (isStopped) return [];
  const way = `Stop the cluster first: ./cluster down (the data stays), render again, ./cluster up; ${pageOf("Networks and addresses")}.`;
  const changed = Object.entries(applied.networks).flatMap(([name, before]) => {
    const after = next.networks[name];
    if (after === undefined || after === before) return [];
    return [
      refuse(
        "networks-changed",
        ["networks", name],
        `The network ${name} would change from ${before} to ${after} under a running cluster.`,
        way,
      ),
    ];
  });
  if (changed.length > 0) return changed;
  return applied.members.flatMap((member) => {
    const now = next.members.find(({ id }) => id === member.id);
    const moved = Object.entries(member.addresses).find(([network, address]) => (now?.addresses[network] ?? address) !== address);
    if (moved === undefined) return [];
    const message = `${member.name} would move from ${moved[1]} to ${now?.addresses[moved[0]]} under a running cluster.`;
    return [refuse("networks-changed", ["nodes", member.node, "address"], message, way)];
  });
};

const GUARDS: readonly Guard[] = [identities, etcdMembers, dataLeftBehind, onlyCopy, networks];

/**
 * Why the next generation may not take the place of what a bundle's folder holds; empty where it may. The one function that
 * decides it: `render` and `diff` print what it says, and write nothing that it refuses.
 */
export function refusalsOf({ applied, scope, findings }: Before, next: Facts): readonly Refusal[] {
  if (findings.length > 0) return findings;
  if (applied === null) {
    if (scope === undefined || scope === next.scope) return [];
    const message = `This folder holds the bundle of the cluster ${scope}; ${next.scope} would share its keys and passwords.`;
    return [
      refuse("another-cluster", ["cluster"], message, "Choose another folder with --out; or remove this one where it is not needed."),
    ];
  }
  const { facts, isStopped, forgotten } = applied;
  if (facts.scope !== next.scope) {
    const message = `This folder's cluster is called ${facts.scope} and has data; ${next.scope} would start beside it, empty.`;
    const hint = `Keep "cluster: ${facts.scope}" (or SCOPE in .env), or choose another folder with --out for another cluster; ${pageOf("Another name")}.`;
    return [refuse("cluster-renamed", ["cluster"], message, hint)];
  }
  return GUARDS.flatMap((guard) => guard({ applied: facts, next, isStopped, forgotten }));
}
