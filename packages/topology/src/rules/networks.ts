import { isInside, subnetsOverlap } from "../resolve/addresses.ts";
import { hasHostBits, networkOf, singleHost } from "../resolve/cidr.ts";
import type { NetworkName } from "../resolve/topology.ts";
import { error, type TopologyRule, warning } from "./finding.ts";

/** RFC 1918, and the shared space of RFC 6598. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** Documentation and benchmarks: nobody's hosts have them (RFC 5737, RFC 2544). */
const NOBODYS = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "198.18.0.0/15"];

const NAMES = ["front", "database", "pooled", "dcs", "operator"] as const satisfies readonly NetworkName[];

/** Container engines refuse such a network. */
export const networkHostBits: TopologyRule = ({ networks }) =>
  NAMES.filter((name) => hasHostBits(networks[name])).map((name) => {
    const message = `The network ${name}, ${networks[name]}, is the address of a host in ${networkOf(networks[name])}, not a network.`;
    return error("network-host-bits", ["networks", name], message, `Write ${networkOf(networks[name])}.`);
  });

export const networksOverlap: TopologyRule = (topology) =>
  NAMES.flatMap((name, index) =>
    NAMES.slice(0, index)
      .filter((other) => subnetsOverlap(topology.networks[name], topology.networks[other]))
      .map((other) => {
        const message = `The network ${name}, ${topology.networks[name]}, overlaps the network ${other}, ${topology.networks[other]}.`;
        return error("networks-overlap", ["networks", name], message, "Give each network a range of its own.");
      }),
  );

/** Ranges that no network of hosts can have, and what they are for. */
const UNUSABLE: readonly { readonly range: string; readonly what: string }[] = [
  { range: "0.0.0.0/8", what: "means this host itself (RFC 1122)" },
  { range: "127.0.0.0/8", what: "is the loopback: each member would reach itself (RFC 1122)" },
  { range: "169.254.0.0/16", what: "is link-local: no router passes it on, and clouds answer there (RFC 3927)" },
  { range: "224.0.0.0/4", what: "is multicast: no host has such an address (RFC 5771)" },
  { range: "240.0.0.0/4", what: "is reserved: kernels refuse its addresses (RFC 1112)" },
];

const unusableBy = (network: string) => UNUSABLE.find(({ range }) => subnetsOverlap(network, range));

export const networkUnusable: TopologyRule = ({ networks }) =>
  NAMES.flatMap((name) => {
    const reserved = unusableBy(networks[name]);
    if (reserved === undefined) return [];
    const message = `The network ${name}, ${networks[name]}, cannot hold members: ${reserved.range} ${reserved.what}.`;
    return [error("network-unusable", ["networks", name], message, `Choose a range inside ${PRIVATE.join(", ")}.`)];
  });

export const networkNotPrivate: TopologyRule = (topology) =>
  NAMES.filter(
    (name) =>
      ![...PRIVATE, ...NOBODYS].some((range) => isInside(topology.networks[name].split("/")[0] ?? "", range)) &&
      unusableBy(topology.networks[name]) === undefined,
  ).map((name) => {
    const message = `The network ${name}, ${topology.networks[name]}, is not a private range: the real hosts of that range become unreachable.`;
    return warning("network-not-private", ["networks", name], message, `Choose a range inside ${PRIVATE.join(", ")}.`);
  });

/** PostgreSQL would take it and open the whole network to the role. */
export const sourceHostBits: TopologyRule = ({ logins }) =>
  logins.flatMap(({ name, from }) =>
    from.flatMap((written, index) => {
      if (!hasHostBits(written)) return [];
      const message = `Role ${name} may connect from ${written}, the address of a host; PostgreSQL would open all of ${networkOf(written)}.`;
      const hint = `Write ${networkOf(written)} for the network, or ${singleHost(written)} for the one host.`;
      return error("source-host-bits", ["roles", name, "from", index], message, hint);
    }),
  );
