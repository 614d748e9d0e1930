import { isInside, subnetRange, toNumber } from "../resolve/addresses.ts";
import { allMembers } from "../resolve/reach.ts";
import type { NetworkName, Topology } from "../resolve/topology.ts";
import type { TopologyPath } from "../diagnostic.ts";
import { error, type TopologyFinding, type TopologyRule } from "./finding.ts";

/** One address of one member, and what a person wrote to make it so. */
interface Placement {
  readonly member: string;
  readonly node: string;
  readonly network: NetworkName;
  readonly address: string;
  /** Host number inside the network. */
  readonly number: number;
  readonly size: number;
  readonly path: TopologyPath;
}

function placementsOf(topology: Topology): Placement[] {
  const stated = new Set(topology.nodes.filter(({ address }) => address !== null).map(({ name }) => name));
  return allMembers(topology).flatMap((member) =>
    Object.entries(topology.networks).flatMap(([name, cidr]): Placement[] => {
      const network = name as NetworkName;
      const address = member.addresses[network];
      if (address === undefined) return [];
      const { first, size } = subnetRange(cidr);
      const path = stated.has(member.node) ? ["nodes", member.node, "address"] : ["networks", network];
      return [{ member: member.name, node: member.node, network, address, number: toNumber(address) - first, size, path }];
    }),
  );
}

/** The addresses that a network needs for itself. */
const RESERVED: readonly { readonly what: string; readonly number: (size: number) => number }[] = [
  { what: "the network's own address", number: () => 0 },
  { what: "its gateway", number: () => 1 },
  { what: "its broadcast address", number: (size) => size - 1 },
];

/** Such a node would be given another address without a word. */
export const addressOutsideNetworks: TopologyRule = ({ nodes, networks }) =>
  nodes.flatMap(({ name, address }) => {
    if (address === null || Object.values(networks).some((cidr) => isInside(address, cidr))) return [];
    const message = `The address ${address} of node ${name} is in none of the cluster's networks.`;
    const ranges = Object.entries(networks).map(([network, cidr]) => `${network} ${cidr}`);
    const hint = `Choose one inside ${ranges.join(", ")}; its host number counts in all of them.`;
    return error("address-outside-networks", ["nodes", name, "address"], message, hint);
  });

/** The first member that does not fit speaks for those after it. */
export const addressBeyondNetwork: TopologyRule = (topology) => {
  const beyond = placementsOf(topology).filter(({ number, size }) => number >= size);
  const firsts = new Map(beyond.toReversed().map((placement) => [placement.path.join("/"), placement]));
  return [...firsts.values()].map(({ member, network, number, size, path }) => {
    const message = `Member ${member} has host number ${number}, but the network ${network}, ${topology.networks[network]}, has ${size} addresses.`;
    return error("address-beyond-network", path, message, "Make the network larger (a shorter prefix), or state lower addresses.");
  });
};

export const reservedAddress: TopologyRule = (topology) =>
  placementsOf(topology).flatMap(({ member, network, address, number, size, path }) =>
    RESERVED.filter((row) => row.number(size) === number).map(({ what }) =>
      error(
        "reserved-address",
        path,
        `Member ${member} has ${address} in the network ${network}, which is ${what}.`,
        "Choose another address, or a larger network.",
      ),
    ),
  );

/** Two members with one address; told once, for the first network that both are in. */
export const duplicateAddress: TopologyRule = (topology) => {
  const owners = new Map<string, Placement>();
  const findings = new Map<string, TopologyFinding>();
  for (const placement of placementsOf(topology)) {
    const { member, network, address, path } = placement;
    const other = owners.get(`${network} ${address}`);
    owners.set(`${network} ${address}`, other ?? placement);
    if (other === undefined || findings.has(`${other.member} ${member}`)) continue;
    const message = `Members ${other.member} and ${member} both have ${address} in the network ${network}.`;
    const hint = "State another address; nodes that state none are counted up from host number 11, whatever others state.";
    const blamed = path[0] === "nodes" ? path : other.path;
    findings.set(`${other.member} ${member}`, error("duplicate-address", blamed, message, hint));
  }
  return [...findings.values()];
};
