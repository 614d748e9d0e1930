import { allMembers, DAEMON_USERS, stringifyYaml, SYSTEM_ROLES } from "@matriarch/topology";
import { EXAMPLE_NAMES, exampleTopology, topologyOf } from "@matriarch/topology/testing";
import { describe, expect, it } from "vitest";
import type { LeafRequest, PkiRequests, Subject } from "./model.ts";
import { formatName } from "./names.ts";
import { OPERATOR_FOLDER, requestsOf, roleFolder } from "./requests.ts";

const formatSubject = ({ organization, commonName }: Subject): string =>
  [`O=${organization ?? ""}`, ...(commonName === null ? [] : [`CN=${commonName}`])].join(", ");

/** The list that a reviewer reads: who is who, for what, under which names, and who owns the key. */
function readable({ authorities, leaves, keyPairs, copies }: PkiRequests): string {
  const issuers = new Map(authorities.map(({ authority, path }) => [authority, path]));
  return stringifyYaml({
    authorities: Object.fromEntries(
      authorities.map(({ path, subject, broughtAlong }) => [path, { subject: formatSubject(subject), own: broughtAlong === null }]),
    ),
    certificates: Object.fromEntries(
      leaves.map(({ path, authority, subject, uses, names, owner }) => [
        path,
        {
          issuer: issuers.get(authority),
          subject: formatSubject(subject),
          uses: uses.join(", "),
          names: names.map(formatName).join(", "),
          owner,
        },
      ]),
    ),
    keyPairs: Object.fromEntries(
      keyPairs.map(({ privatePath, publicPath, keyType }) => [privatePath, { public: publicPath, type: keyType }]),
    ),
    copies: Object.fromEntries(copies.map(({ from, to, kind, owner }) => [to, { from, kind, owner }])),
  });
}

describe.each(EXAMPLE_NAMES)("requests of %s", (example) => {
  it("are what the reviewed list says", async () => {
    await expect(readable(requestsOf(exampleTopology(example)))).toMatchFileSnapshot(`../fixtures/${example}/requests.yaml`);
  });

  it("name every path once", () => {
    const { authorities, leaves, copies, keyPairs } = requestsOf(exampleTopology(example));
    const paths = [
      ...[...authorities, ...leaves].flatMap(({ path }) => [`${path}.crt`, `${path}.key`]),
      ...keyPairs.flatMap(({ privatePath, publicPath }) => [privatePath, publicPath]),
      ...copies.map(({ to }) => to),
    ];
    expect(new Set(paths).size).toBe(paths.length);
  });

  it("give each member's files to the user of its daemon, and clients' files to the person who renders", () => {
    const topology = exampleTopology(example);
    const owners = new Map<string, number | null>(allMembers(topology).map(({ name, kind }) => [name, DAEMON_USERS[kind].id]));
    const { leaves, copies } = requestsOf(topology);
    const files = [...leaves, ...copies.map((copy) => ({ path: copy.to, owner: copy.owner }))];
    const strangers = files.filter(({ path, owner }) => owner !== (owners.get(path.split("/")[0] ?? "") ?? null));
    expect(strangers).toEqual([]);
  });
});

const reference = exampleTopology("two-datacenters");
const find = (path: string, topology = reference): LeafRequest => {
  const leaf = requestsOf(topology).leaves.find((request) => request.path === path);
  if (leaf === undefined) throw new Error(`nobody asks for ${path}`);
  return leaf;
};

/** Path, authority, common name, uses, names: each certificate of the reference, for one member of each kind. */
const EXPECTED = [
  ["etcd1/server", "etcd", null, ["server", "client"], ["DNS:etcd1", "DNS:localhost", "IP:127.0.0.1", "IP:172.28.3.11"]],
  ["etcd1/peer", "etcdPeer", null, ["server", "client"], ["DNS:etcd1", "IP:172.28.3.11"]],
  ["node1/server", "cluster", "node1", ["server"], ["DNS:haproxy", "DNS:localhost", "DNS:node1", "IP:127.0.0.1"]],
  ["node1/rest", "cluster", "node1", ["server"], ["DNS:localhost", "DNS:node1", "IP:127.0.0.1"]],
  ["node1/rest-client", "cluster", null, ["client"], ["DNS:node1"]],
  ["node1/etcd-client", "etcd", null, ["client"], ["DNS:node1"]],
  ["node1/replication", "cluster", SYSTEM_ROLES.replication, ["client"], ["DNS:node1"]],
  ["node1/rewind", "cluster", SYSTEM_ROLES.rewind, ["client"], ["DNS:node1"]],
  ["haproxy/stats", "cluster", "haproxy", ["server"], ["DNS:haproxy", "DNS:localhost", "IP:127.0.0.1"]],
  ["haproxy/rest-client", "cluster", null, ["client"], ["DNS:haproxy"]],
  ["pgbouncer/server", "cluster", "pgbouncer", ["server"], ["DNS:localhost", "DNS:pgbouncer", "IP:127.0.0.1"]],
  ["pgbouncer/lookup", "cluster", SYSTEM_ROLES.lookup, ["client"], ["DNS:pgbouncer"]],
  [`${OPERATOR_FOLDER}/client`, "cluster", null, ["client"], ["URI:spiffe://patroni-cluster/operator"]],
  [`${OPERATOR_FOLDER}/etcd-client`, "etcd", null, ["client"], ["URI:spiffe://patroni-cluster/operator"]],
  [`${roleFolder("app")}/client`, "cluster", "app", ["client"], ["URI:spiffe://patroni-cluster/role/app"]],
  [`${roleFolder("monitor")}/client`, "cluster", "monitor", ["client"], ["URI:spiffe://patroni-cluster/role/monitor"]],
] as const;

describe("the reference's certificates", () => {
  it.each(EXPECTED)("%s is signed by %s for %s", (path, authority, commonName, uses, names) => {
    const leaf = find(path);
    expect(leaf.authority).toBe(authority);
    expect(leaf.subject).toEqual({ organization: "patroni-cluster", commonName });
    expect(leaf.uses).toEqual(uses);
    expect(leaf.names.map(formatName)).toEqual(names);
  });

  it("are all in the table above, for one member of each kind", () => {
    const one = requestsOf(reference).leaves.filter(({ path }) => !/^(etcd[23]|node[23]|clients\/roles\/report)\//.test(path));
    expect(one.map(({ path }) => path)).toEqual(EXPECTED.map(([path]) => path));
  });
});

const VARIED = `
cluster: varied
nodes:
  replicator: [etcd, postgresql, haproxy]
  pgbouncer: [postgresql]
  edge: [haproxy, pgbouncer]
databases: { app: { owner: operator } }
publish_address: 192.0.2.7
tls: { names: [db.example.org, 198.51.100.4, 127.0.0.1] }
`;

describe("requests", () => {
  it("put every balancer and every name that clients dial on PostgreSQL's certificate, addresses as addresses", () => {
    expect(find("pgbouncer/server", topologyOf(VARIED)).names.map(formatName)).toEqual([
      "DNS:db.example.org",
      "DNS:edge-haproxy",
      "DNS:localhost",
      "DNS:pgbouncer",
      "DNS:replicator-haproxy",
      "IP:127.0.0.1",
      "IP:192.0.2.7",
      "IP:198.51.100.4",
    ]);
  });

  it("leave the address out that means every address", () => {
    const topology = topologyOf(VARIED.replace("192.0.2.7", "0.0.0.0"));
    expect(find("edge-haproxy/stats", topology).names.map(formatName)).not.toContain("IP:0.0.0.0");
  });

  it("put each network's address on etcd's server certificate, and only the peers' on the peer's", () => {
    const topology = topologyOf(
      `${VARIED.replace("replicator: [etcd,", "replicator: [")}  \n`.replace(
        "  edge:",
        "  e1: { roles: [etcd], publish: { etcd: 2379 } }\n  edge:",
      ),
    );
    expect(find("e1/server", topology).names.filter(({ kind }) => kind === "ip")).toHaveLength(3);
    expect(find("e1/peer", topology).names.filter(({ kind }) => kind === "ip")).toHaveLength(1);
  });

  it("give a client's common name to nobody but the PostgreSQL role that it stands for, whatever nodes are called", () => {
    const shown = requestsOf(topologyOf(VARIED)).leaves.filter(({ authority, uses }) => authority === "cluster" && uses.includes("client"));
    const roles: Readonly<Record<string, string>> = {
      replication: SYSTEM_ROLES.replication,
      rewind: SYSTEM_ROLES.rewind,
      lookup: SYSTEM_ROLES.lookup,
    };
    const wrong = shown.filter(({ path, subject }) => {
      const application = /^clients\/roles\/(.+)\/client$/.exec(path)?.[1];
      return subject.commonName !== (application ?? roles[path.split("/").at(-1) ?? ""] ?? null);
    });
    expect(wrong).toEqual([]);
  });

  it("give no common name under etcd's authority: etcd would take it for a user", () => {
    const { leaves } = requestsOf(topologyOf(VARIED));
    expect(leaves.filter(({ authority, subject }) => authority !== "cluster" && subject.commonName !== null)).toEqual([]);
  });

  it("keep the operator's folder apart from that of a role called operator", () => {
    const paths = requestsOf(topologyOf(VARIED)).leaves.map(({ path }) => path);
    expect(paths).toContain("clients/roles/operator/client");
    expect(paths).toContain("clients/operator/client");
  });

  it("bring along the cluster's authority alone", () => {
    const ca = { certificate: "company.crt", key: "company.key" };
    const { authorities } = requestsOf(topologyOf(VARIED.replace("tls: {", "tls: { ca: { certificate: company.crt, key: company.key },")));
    expect(authorities.map(({ broughtAlong }) => broughtAlong)).toEqual([ca, null, null]);
  });
});
