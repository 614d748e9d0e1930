import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "../parse/parse.ts";
import { resolve } from "../resolve/resolve.ts";
import { exampleText, exampleTopology, topologyOf, validText } from "../testing/index.ts";
import { applyOverrides, overrideVariables } from "./apply.ts";

function parsed(text: string) {
  const { topology } = parse(text, "t");
  if (topology === undefined) throw new Error("not a topology");
  return topology;
}

const REFERENCE = parsed(exampleText("two-datacenters"));

const TWO_BALANCERS = `cluster: two
nodes:
  db-1: [etcd, postgresql]
  way-in: [haproxy]
  way-out: [haproxy, pgbouncer]
`;

describe("the variables of the environment file", () => {
  test("of the reference cluster are those that its readers know, with what they hold by default", () => {
    expect(
      Object.fromEntries(overrideVariables(exampleTopology("two-datacenters")).map(({ variable, current }) => [variable, current])),
    ).toEqual({
      SCOPE: "patroni-cluster",
      VERIFY_CLIENT_CERT: "true",
      ADMIN_HAPROXY_USER: "ha_admin",
      EXT_ETCD_PORT_ETCD1: "",
      EXT_ETCD_PORT_ETCD2: "",
      EXT_ETCD_PORT_ETCD3: "",
      EXT_PG_PORT_NODE1: "5432",
      EXT_PATRONI_PORT_NODE1: "8008",
      EXT_PG_PORT_NODE2: "5433",
      EXT_PATRONI_PORT_NODE2: "8009",
      EXT_PG_PORT_NODE3: "5434",
      EXT_PATRONI_PORT_NODE3: "8010",
      EXT_HAPROXY_RW_PORT: "5000",
      EXT_HAPROXY_RO_PORT: "5001",
      EXT_HAPROXY_STATS_PORT: "7000",
      EXT_PGBOUNCER_PORT: "6432",
    });
  });

  test("name the node where there are several of its kind", () => {
    const variables = overrideVariables(topologyOf(TWO_BALANCERS)).map(({ variable }) => variable);
    expect(variables).toContain("EXT_HAPROXY_RW_PORT_WAY_OUT");
    expect(variables).not.toContain("EXT_HAPROXY_RW_PORT");
    expect(variables).toContain("EXT_PG_PORT_DB_1");
  });

  test("are explained", () => {
    for (const { purpose } of overrideVariables(exampleTopology("two-datacenters"))) expect(purpose).toMatch(/^[A-Z].*\.$/);
  });
});

describe("overriding", () => {
  test("replaces what the variables name, and nothing else", () => {
    const { topology, findings } = applyOverrides(REFERENCE, {
      SCOPE: "other",
      VERIFY_CLIENT_CERT: "false",
      ADMIN_HAPROXY_USER: "boss",
      EXT_PG_PORT_NODE2: "15432",
      EXT_HAPROXY_RW_PORT: "15000",
      EXT_ETCD_PORT_ETCD1: "12379",
      POSTGRES_PASSWORD: "none of our business",
    });
    expect(findings).toEqual([]);
    expect(topology).toEqual({
      ...REFERENCE,
      cluster: "other",
      tls: { ...REFERENCE.tls, client_certificates: false },
      balancer: { ...REFERENCE.balancer, admin_user: "boss" },
      nodes: {
        ...REFERENCE.nodes,
        node2: { ...REFERENCE.nodes["node2"], publish: { postgresql: 15432 } },
        haproxy: { ...REFERENCE.nodes["haproxy"], publish: { rw: 15000 } },
        etcd1: { ...REFERENCE.nodes["etcd1"], publish: { etcd: 12379 } },
      },
    });
    expect(resolve(topology).etcd[0]?.addresses["operator"]).toBeDefined();
  });

  test("leaves the topology alone where variables are blank or missing", () => {
    const blanks = Object.fromEntries(overrideVariables(resolve(REFERENCE)).map(({ variable }) => [variable, ""]));
    expect(applyOverrides(REFERENCE, blanks)).toEqual({ topology: REFERENCE, findings: [] });
    expect(applyOverrides(REFERENCE, { SCOPE: undefined, EXT_NOTHING: "" })).toEqual({ topology: REFERENCE, findings: [] });
  });

  test.each([
    ["SCOPE", "Not A Label", "cluster", "must be a DNS label"],
    ["VERIFY_CLIENT_CERT", "yes", "tls.client_certificates", 'must be one of true, false, not the text "yes"'],
    ["ADMIN_HAPROXY_USER", "ha-admin", "balancer.admin_user", "must be a plain PostgreSQL identifier"],
    ["EXT_PG_PORT_NODE1", "5432/tcp", "nodes.node1.publish.postgresql", 'must be a port between 1 and 65535, not the text "5432/tcp"'],
    ["EXT_PG_PORT_NODE1", "0", "nodes.node1.publish.postgresql", "must be at least 1"],
    ["EXT_PGBOUNCER_PORT", "65536", "nodes.pgbouncer.publish.pgbouncer", "must be at most 65535"],
  ])("with an invalid %s=%s is an error at the key, which keeps its value", (variable, value, path, says) => {
    const { topology, findings } = applyOverrides(REFERENCE, { [variable]: value });
    expect(topology).toEqual(REFERENCE);
    expect(findings).toMatchObject([
      { code: "invalid-override", severity: "error", path: path.split("."), message: expect.stringContaining(says) },
    ]);
    expect(findings[0]?.message).toContain(`The variable ${variable}, which overrides ${path},`);
  });

  test("warns of a variable that overrides nothing here, and says which was meant", () => {
    const { findings } = applyOverrides(parsed(TWO_BALANCERS), { EXT_HAPROXY_RW_PORT: "5000", EXT_PG_PORT_DB1: "1", HOME: "/root" });
    expect(findings).toMatchObject([
      { code: "unknown-override", severity: "warning", message: expect.stringContaining("EXT_HAPROXY_RW_PORT ") },
      { code: "unknown-override", hint: 'Did you mean "EXT_PG_PORT_DB_1"?' },
    ]);
  });

  test("with the values that a topology has already resolves to the same topology", () => {
    fc.assert(
      fc.property(validText, (text) => {
        const before = topologyOf(text);
        const environment = Object.fromEntries(overrideVariables(before).map(({ variable, current }) => [variable, current]));
        const { topology, findings } = applyOverrides(parsed(text), environment);
        expect(findings).toEqual([]);
        const { nodes, ...after } = resolve(topology);
        expect(after).toEqual({ ...before, nodes: undefined });
        expect(nodes.map(({ name }) => name)).toEqual(before.nodes.map(({ name }) => name));
      }),
    );
  });
});
