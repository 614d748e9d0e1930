import type { TopologyCode } from "@matriarch/topology";
import type { Page } from "../../page.ts";

/** Names, roles and datacenters of nodes. */
export const NODE_PAGES = {
  "member-name-collision": {
    severity: ["error"],
    cause: "Two members would have the same name.",
    why: "The name is a host name, a container, a certificate and a member of Patroni or etcd: two with one name are one to everybody else. A node with several roles names its members `<node>-<role>`, and another node may be called just that.",
    source: "packages/topology/src/resolve/members.ts, `memberName`",
    remedy: "Rename the node that is named.",
    example: { before: "nodes: { a: [etcd, haproxy], a-etcd: [etcd] }", after: "nodes: { a: [etcd, haproxy], b: [etcd] }" },
  },
  "member-name-too-long": {
    severity: ["error"],
    cause: "A member's name has more than 63 characters.",
    why: "It is a host name, and a label of one ends there: no resolver finds a longer one.",
    source: "RFC 1035, 2.3.4",
    remedy: "Shorten the node's name, or give each of its roles a node of its own, which adds nothing to the name.",
    example: {
      before: `nodes: { ${"x".repeat(55)}: [haproxy, pgbouncer] }`,
      after: `nodes: { ${"x".repeat(45)}: [haproxy, pgbouncer] }`,
    },
  },
  "reserved-node-name": {
    severity: ["error"],
    cause: "A node is called localhost, cluster or images.",
    why: "On every machine localhost means the machine itself, so the others would dial themselves. The other two stand in the bundle, beside a folder for each member: the script, and what the images are built from.",
    source: "RFC 6761, 6.3; the layout of a bundle",
    remedy: "Choose another name.",
    example: { before: "nodes: { localhost: [haproxy] }", after: "nodes: { edge3: [haproxy] }" },
  },
  "repeated-node-role": {
    severity: ["error"],
    cause: "A node lists a role twice.",
    why: "One daemon of a kind runs on a node; a second one needs ports, a data directory and a name of its own.",
    source: "the schema of a node",
    remedy: "Name each role once, and add a node for a second daemon.",
    example: { before: "nodes: { pg1: [postgresql, postgresql] }", after: "nodes: { pg1: [postgresql], pg4: [postgresql] }" },
  },
  "publish-without-role": {
    severity: ["error"],
    cause: "A node publishes a port of a daemon that it does not run.",
    why: "Nothing would listen there, and nobody would be told.",
    source: "the schema of a node",
    remedy: "Move the port to a node with the role, or remove it.",
    example: {
      before: "nodes: { pg1: { roles: [postgresql], publish: { rw: 5500 } } }",
      after: "nodes: { edge1: { roles: [haproxy, pgbouncer], publish: { rw: 5500 } } }",
    },
  },
  "node-memory-shared": {
    severity: ["warning"],
    cause: "A node states its memory once, and several members may each take all of it.",
    why: "Each member is limited to what the node states, and PostgreSQL is tuned to use it. Together they ask for more than there is, and the kernel kills one of them.",
    source: "PostgreSQL manual, 18.4.4, Linux Memory Overcommit",
    remedy: "State what one member may take, or give each role a node of its own.",
    example: {
      before: "nodes: { edge1: { roles: [haproxy, pgbouncer], resources: { memory: 1GiB } } }",
      after: "nodes: { pg1: { roles: [postgresql], resources: { memory: 1GiB } } }",
    },
  },
  "undeclared-datacenter": {
    severity: ["error"],
    cause: "A node is in a datacenter that is not declared.",
    why: "A slip of the pen would put the node into a datacenter of its own, and everything said about losing one would be wrong.",
    source: "the schema: `datacenters`",
    remedy: "Correct the name, or add it to `datacenters`.",
    example: {
      before: "datacenters: [berlin, paris]\nnodes: { pg1: { roles: [postgresql], datacenter: pariss } }",
      after: "datacenters: [berlin, paris]\nnodes: { pg1: { roles: [postgresql], datacenter: paris } }",
    },
  },
  "duplicate-datacenter": {
    severity: ["error"],
    cause: "A datacenter is declared twice.",
    why: "One of the two was probably meant to be another.",
    source: "the schema: `datacenters`",
    remedy: "Keep one of them, or correct its name.",
    example: { before: "datacenters: [berlin, berlin]", after: "datacenters: [berlin]" },
  },
  "unused-datacenter": {
    severity: ["warning"],
    cause: "No node is in a declared datacenter.",
    why: "A node that was meant to be there is elsewhere: by default every node is in the first datacenter.",
    source: "the schema: `datacenters`",
    remedy: "Place a node there with `datacenter`, or remove it.",
    example: {
      before: "datacenters: [berlin, paris]",
      after: "datacenters: [berlin, paris]\nnodes: { pg1: { roles: [postgresql], datacenter: paris } }",
    },
  },
} as const satisfies Partial<Record<TopologyCode, Page>>;
