import type { TopologyCode } from "@matriarch/topology";
import type { Page } from "../../page.ts";

/** Networks, addresses and published ports. */
export const NETWORK_PAGES = {
  "network-host-bits": {
    severity: ["error"],
    cause: "A network is written as the address of a host in it.",
    why: "Container engines refuse to make such a network.",
    source: "docker network create: invalid network config",
    remedy: "Write the network's own address, which the hint names.",
    example: { before: "networks: { front: 10.9.0.1/24 }", after: "networks: { front: 10.9.0.0/24 }" },
  },
  "networks-overlap": {
    severity: ["error"],
    cause: "Two networks share addresses.",
    why: "The engine refuses the second one; and pg_hba tells a pooler's session from an application's by its network.",
    source: "docker network create: Pool overlaps with other one on this address space",
    remedy: "Give each network a range of its own.",
    example: {
      before: "networks: { front: 10.9.0.0/24, dcs: 10.9.0.128/25 }",
      after: "networks: { front: 10.9.0.0/24, dcs: 10.9.1.0/24 }",
    },
  },
  "network-unusable": {
    severity: ["error"],
    cause: "A network is in a range that no host can have an address of.",
    why: "In 127.0.0.0/8 each member would reach itself in place of the others. Link-local addresses (169.254.0.0/16) are not passed on by any router, and clouds answer there themselves. Multicast, reserved addresses and 0.0.0.0/8 are refused by the kernel.",
    source: "RFC 6890, Special-Purpose IP Address Registries",
    remedy: "Choose a range inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10.",
    example: { before: "networks: { dcs: 169.254.0.0/24 }", after: "networks: { dcs: 10.8.8.0/24 }" },
  },
  "network-not-private": {
    severity: ["warning"],
    cause: "A network is not in a private range.",
    why: "Its addresses belong to somebody: from inside the cluster those hosts can no longer be reached.",
    source: "RFC 1918; RFC 6598 for 100.64.0.0/10",
    remedy: "Choose a range inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10.",
    example: { before: "networks: { front: 8.8.8.0/24 }", after: "networks: { front: 10.8.8.0/24 }" },
  },
  "source-host-bits": {
    severity: ["error"],
    cause: "A role may connect from what is the address of a host, written as a network.",
    why: "PostgreSQL ignores the bits of the host and lets the whole network in.",
    source: "PostgreSQL manual, The pg_hba.conf File",
    remedy: "Write the network, or the one host with /32.",
    example: { before: "roles: { app: { from: [10.1.2.3/8] } }", after: "roles: { app: { from: [10.1.2.3/32] } }" },
  },
  "address-outside-networks": {
    severity: ["error"],
    cause: "A node's address is in none of the cluster's networks.",
    why: "Its host number is what counts in every network, and there is none.",
    source: "the schema: `address` of a node",
    remedy: "Choose an address inside one of the networks.",
    example: {
      before: "nodes: { pg1: { roles: [postgresql], address: 192.0.2.7 } }",
      after: "nodes: { pg1: { roles: [postgresql], address: 172.28.1.77 } }",
    },
  },
  "address-beyond-network": {
    severity: ["error"],
    cause: "A member's host number is larger than a network.",
    why: "Its address would lie in somebody else's range.",
    source: "the schema: `networks`",
    remedy: "Make the network larger (a shorter prefix), or state lower addresses.",
    example: {
      before: "networks: { dcs: 10.9.0.0/28 }\nnodes: { etcd1: { roles: [etcd], address: 172.28.1.50 } }",
      after: "networks: { dcs: 10.9.0.0/24 }\nnodes: { etcd1: { roles: [etcd], address: 172.28.1.50 } }",
    },
  },
  "reserved-address": {
    severity: ["error"],
    cause: "A member has an address that the network needs for itself.",
    why: "The first is the network's own, the second its gateway's (the engine's), the last its broadcast address.",
    source: "RFC 919; docker network create, `--gateway`",
    remedy: "Choose another address, or a larger network.",
    example: {
      before: "nodes: { pg1: { roles: [postgresql], address: 172.28.1.1 } }",
      after: "nodes: { pg1: { roles: [postgresql], address: 172.28.1.77 } }",
    },
  },
  "duplicate-address": {
    severity: ["error"],
    cause: "Two members have the same address in a network.",
    why: "The engine starts only the first of them. Members of a node with several roles take the addresses after the one that it states.",
    source: "docker run: Address already in use",
    remedy: "State another address, or none at all: then they are counted up.",
    example: {
      before: "nodes:\n  pg1: { roles: [postgresql], address: 172.28.1.77 }\n  pg2: { roles: [postgresql], address: 172.28.1.77 }",
      after: "nodes:\n  pg1: { roles: [postgresql], address: 172.28.1.77 }\n  pg2: { roles: [postgresql], address: 172.28.1.78 }",
    },
  },
  "port-collision": {
    severity: ["error"],
    cause: "Two members publish the same port of the host.",
    why: "The engine starts only the first of them. A port on 0.0.0.0 is taken on every address.",
    source: "docker run: port is already allocated",
    remedy: "Publish one of them on another port.",
    example: {
      before: "nodes: { edge1: { roles: [haproxy, pgbouncer], publish: { rw: 5432, ro: 5432 } } }",
      after: "nodes: { edge1: { roles: [haproxy, pgbouncer], publish: { rw: 5500, ro: 5501 } } }",
    },
  },
} as const satisfies Partial<Record<TopologyCode, Page>>;
