import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "../parse/parse.ts";
import { resolve } from "../resolve/resolve.ts";
import { exampleText, exampleTopology, topologyOf, validText } from "../testing/index.ts";
import { parseEnvironment } from "../environment-file/index.ts";
import { applyOverrides, overrideVariables } from "./apply.ts";
import { locateIn } from "./locate.ts";
import { unknownVariables } from "./unknown.ts";

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

describe("a variable that nothing reads", () => {
  const unknown = (text: string, environment: Readonly<Record<string, string>>) =>
    unknownVariables(resolve(parsed(text)), environment).map(({ severity, message, hint }) => `${severity}: ${message} ${hint}`);

  test("is told of where it is in a namespace of ours, with what was meant", () => {
    const [first, ...others] = unknown(TWO_BALANCERS, {
      EXT_HAPROXY_RW_PORT: "5000",
      EXT_PG_PORT_DB1: "1",
      ROLE_GONE_PASSWORD: "x",
    });
    expect(first).toContain(
      "Nothing reads the variable EXT_HAPROXY_RW_PORT in this topology. Take one that is read, or remove the line: EXT_",
    );
    expect(others).toEqual([
      'warning: Nothing reads the variable EXT_PG_PORT_DB1 in this topology; EXT_PG_PORT_DB_1 has no value. Did you mean "EXT_PG_PORT_DB_1"?',
      "warning: Nothing reads the variable ROLE_GONE_PASSWORD in this topology. Take one that is read, or remove the line: ROLE_APP_PASSWORD.",
    ]);
  });

  test.each([
    ["ROLE_APPP_PASSWORD", "ROLE_APP_PASSWORD"],
    ["POSTGRESQL_PASSWORD", "POSTGRES_PASSWORD"],
    ["postgres_password", "POSTGRES_PASSWORD"],
    ["ETCD_ROOTPASSWORD", "ETCD_ROOT_PASSWORD"],
    ["SCOP", "SCOPE"],
    ["VERIFY_CLIENT_CERTS", "VERIFY_CLIENT_CERT"],
  ])("is told of where it is a slip of the keyboard: %s", (variable, meant) => {
    const text = `${TWO_BALANCERS}databases: { app: {} }\n`;
    const [finding, ...more] = unknown(text, { [variable]: "abcdefgh" });
    expect(finding).toContain(`Did you mean "${meant}"?`);
    expect(finding).toContain(meant.endsWith("PASSWORD") ? `${meant} has no value, so it gets a generated one` : `${meant} has no value.`);
    expect(more).toEqual([]);
    expect(unknown(text, { [variable]: "abcdefgh", [meant]: "x" })[0]).not.toContain("has no value");
  });

  test("is nobody's business where it is somebody else's, or blank", () => {
    const own = [
      "HOME",
      "BACKUP_PASSWORD",
      "GRAFANA_PASSWORD",
      "COMPOSE_PROJECT_NAME",
      "POSTGRES_USER",
      "PGPASSWORD",
      "MONITORING_PASSWORD",
    ];
    expect(unknown(TWO_BALANCERS, Object.fromEntries(own.map((name) => [name, "x"])))).toEqual([]);
    expect(unknown(TWO_BALANCERS, { ROLE_APPP_PASSWORD: "", EXT_NOTHING: "" })).toEqual([]);
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
    expect(applyOverrides(REFERENCE, blanks)).toMatchObject({ topology: REFERENCE, findings: [] });
    expect(applyOverrides(REFERENCE, { SCOPE: undefined, EXT_NOTHING: "" })).toMatchObject({ topology: REFERENCE, findings: [] });
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
      { code: "invalid-override", severity: "error", path: path.split("."), variable, message: expect.stringContaining(says) },
    ]);
    expect(findings[0]?.message).toContain(`The variable ${variable}, which overrides ${path},`);
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

test("a finding about a variable, or about a value that came from one, stands in the environment file", () => {
  const source = parse(exampleText("two-datacenters"), "topology.yaml");
  const environment = parseEnvironment("# mine\nSCOPE=renamed\n  EXT_PG_PORT_NODE1=none\n", ".env");
  const overridden = applyOverrides(REFERENCE, environment.values);
  const locate = locateIn(source, environment, overridden);
  const placed = (finding: { path: string[]; variable?: string }) => {
    const { file, line, column } = locate({ code: "x", severity: "error", message: "", hint: "", ...finding });
    return `${file}:${line}:${column}`;
  };
  expect(overridden.findings.map(locate)).toMatchObject([{ code: "invalid-override", file: ".env", line: 3, column: 21 }]);
  expect(placed({ path: ["cluster"] })).toBe(".env:2:7");
  expect(placed({ path: [], variable: "SCOPE" })).toBe(".env:2:7");
  expect(placed({ path: [], variable: "POSTGRES_PASSWORD" })).toBe(".env:1:1");
  expect(placed({ path: ["nodes"] })).toMatch(/^topology\.yaml:\d+:1$/);
});
