import type { NetworkName, Member, Topology } from "./topology.ts";

/** Every member of the cluster, in the order of start. */
export function allMembers(topology: Topology): Member[] {
  return [...topology.etcd, ...topology.postgresql, ...topology.haproxy, ...topology.pgbouncer];
}

/**
 * In which network one member dials another: the first of these that both joined. Nodes share two and replicate in the
 * database's, where pg_hba expects them; the operator's network is for people, the pooled one is dialled by HAProxy only.
 */
const DIALLED: readonly NetworkName[] = ["database", "dcs", "front"];

/** Name and address of every other member that this one can dial, sorted by name: its hosts file. */
export function peersOf(topology: Topology, member: Member): { readonly name: string; readonly address: string }[] {
  return allMembers(topology)
    .filter((other) => other.name !== member.name)
    .flatMap((other) => {
      const network = DIALLED.find((candidate) => candidate in member.addresses && candidate in other.addresses);
      const address = network === undefined ? undefined : other.addresses[network];
      return address === undefined ? [] : [{ name: other.name, address }];
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The address of a member in a network that it joined. */
export function addressOf(member: Member, network: NetworkName): string {
  const address = member.addresses[network];
  if (address === undefined) throw new RangeError(`${member.name} is not in the network ${network}`);
  return address;
}
