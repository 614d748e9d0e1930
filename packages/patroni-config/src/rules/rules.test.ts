import { EXAMPLE_NAMES, exampleTopology, topologyOf } from "@matriarch/topology/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveDynamic } from "../derive/dynamic.ts";
import { FREE_DYNAMIC, SHARED_PARAMETERS } from "../settings/dynamic.ts";
import { KNOWN_PARAMETERS } from "../settings/known-parameters.ts";
import { OWNED_PATRONI, OWNED_POSTGRESQL } from "../settings/owned.ts";
import { LOCAL_PARAMETERS, LOCAL_PARAMETERS_SINCE } from "../settings/parameters.ts";
import { PATRONI_CODES } from "../codes.ts";
import { patroniRules } from "./index.ts";

const NODES = "cluster: c\nnodes: { e: [etcd], n1: [postgresql], n2: { roles: [postgresql], resources: { memory: 512MiB } } }\n";
const findingsOf = (text: string) => patroniRules.flatMap((rule) => rule(topologyOf(NODES + text)));
const findingsOfParameter = (daemon: "postgresql" | "patroni", key: string, value: string) =>
  findingsOf(`parameters: { ${daemon}: { ${key}: ${value} } }`);

it.each(EXAMPLE_NAMES)("the example %s is accepted", (example) => {
  expect(patroniRules.flatMap((rule) => rule(exampleTopology(example)))).toEqual([]);
});

describe("a parameter of PostgreSQL", () => {
  it.each(OWNED_POSTGRESQL.flatMap(({ names }) => names).map((name) => [name]))("%s is Matriarch's own", (name) => {
    expect(findingsOfParameter("postgresql", name, "x")).toMatchObject([
      { code: "owned-parameter-postgresql", path: ["parameters", "postgresql", name] },
    ]);
  });

  it("is recognised however it is written", () => {
    expect(findingsOfParameter("postgresql", "SSL", "x")).toMatchObject([
      { code: "owned-parameter-postgresql", path: ["parameters", "postgresql", "SSL"] },
    ]);
  });

  it("that PostgreSQL does not have is refused; one of an extension is not", () => {
    expect(findingsOfParameter("postgresql", "log_min_duration_statment", "1s")).toMatchObject([{ code: "unknown-parameter-postgresql" }]);
    expect(findingsOfParameter("postgresql", "auto_explain.log_min_duration", "1s")).toEqual([]);
  });

  it.each([
    ["wal_level", "minimal"],
    ["wal_keep_size", "1MB"],
    ["max_wal_senders", "2"],
    ["max_replication_slots", "many"],
    ["track_commit_timestamp", "perhaps"],
    ["work_mem", "4Mb"],
    ["shared_buffers", "a quarter"],
  ])("%s: %s is refused, because something else would be put in force", (name, value) => {
    expect(findingsOfParameter("postgresql", name, value)).toMatchObject([
      { code: "invalid-parameter-postgresql", path: ["parameters", "postgresql", name] },
    ]);
  });

  it.each([
    ["wal_level", "logical"],
    ["wal_keep_size", "1GB"],
    ["max_wal_senders", "20"],
    ["track_commit_timestamp", "true"],
    ["work_mem", "512kB"],
    ["statement_timeout", "1min"],
  ])("%s: %s is accepted", (name, value) => {
    expect(findingsOfParameter("postgresql", name, value)).toEqual([]);
  });
});

describe("a parameter of Patroni", () => {
  it.each(OWNED_PATRONI.flatMap(({ names }) => names).map((name) => [name]))("%s is Matriarch's own", (name) => {
    expect(findingsOfParameter("patroni", name, "1")).toMatchObject([
      { code: "owned-parameter-patroni", path: ["parameters", "patroni", name] },
    ]);
  });

  it("that Patroni would ignore is refused", () => {
    expect(findingsOfParameter("patroni", "loop_wiat", "1")).toMatchObject([
      { code: "unknown-parameter-patroni", path: ["parameters", "patroni", "loop_wiat"] },
    ]);
  });

  it.each([
    ["check_timeline", "sometimes"],
    ["maximum_lag_on_syncnode", "1MB"],
    ["member_slots_ttl", "soon"],
    ["primary_stop_timeout", "-1"],
  ])("%s: %s is refused, because Patroni would use its default", (name, value) => {
    expect(findingsOfParameter("patroni", name, value)).toMatchObject([{ code: "invalid-parameter-patroni" }]);
  });

  it("may be one of those listed", () => {
    expect(
      findingsOf(
        "parameters: { patroni: { check_timeline: false, maximum_lag_on_syncnode: -1, member_slots_ttl: 1h, primary_stop_timeout: 30 } }",
      ),
    ).toEqual([]);
  });
});

it("fewer connections than Patroni accepts are refused", () => {
  expect(findingsOf("postgresql: { max_connections: 24 }")).toMatchObject([
    { code: "max-connections-too-low", path: ["postgresql", "max_connections"] },
  ]);
  expect(findingsOf("postgresql: { max_connections: 25 }")).toEqual([]);
});

describe("the memory of a node", () => {
  it("must hold what the topology asks of it; each node that cannot is named", () => {
    expect(findingsOf("postgresql: { max_connections: 200 }")).toMatchObject([
      { code: "memory-exceeds-node", path: ["nodes", "n2", "resources", "memory"], message: expect.stringContaining("n2 has 512 MiB") },
    ]);
  });

  it("is weighed with the topology's own parameters", () => {
    expect(findingsOfParameter("postgresql", "shared_buffers", "900MB").map(({ path }) => path[1])).toEqual(["n1", "n2"]);
  });
});

describe("synchronous_commit", () => {
  it.each(["synchronous", "quorum"])("that does not wait is refused where replication is %s", (mode) => {
    expect(findingsOf(`replication: { mode: ${mode} }\nparameters: { postgresql: { synchronous_commit: local } }`)).toMatchObject([
      { code: "synchronous-commit-too-weak" },
    ]);
    expect(findingsOf(`replication: { mode: ${mode} }\nparameters: { postgresql: { synchronous_commit: off } }`)).toHaveLength(1);
    expect(findingsOf(`replication: { mode: ${mode} }\nparameters: { postgresql: { synchronous_commit: remote_apply } }`)).toEqual([]);
  });

  it("is free where replication promises nothing", () => {
    expect(findingsOfParameter("postgresql", "synchronous_commit", '"off"')).toEqual([]);
  });
});

describe("senders and slots", () => {
  const FIVE =
    "cluster: c\nnodes: { e: [etcd], a: [postgresql], b: [postgresql], c: [postgresql], d: [postgresql], e5: [postgresql], f: [postgresql] }\n";
  const five = (text: string) => patroniRules.flatMap((rule) => rule(topologyOf(FIVE + text)));

  it.each(["max_wal_senders", "Max_Replication_Slots"])("are needed for each standby: %s", (key) => {
    expect(five(`parameters: { postgresql: { ${key}: 4 } }`)).toMatchObject([
      { code: "too-few-wal-senders", severity: "error", path: ["parameters", "postgresql", key] },
    ]);
    expect(five(`parameters: { postgresql: { ${key}: 5 } }`)).toEqual([]);
  });

  it.each([["0"], ["31s"], ["30001"]])("wal_sender_timeout: %s keeps commits waiting for a vanished standby", (value) => {
    const text = `parameters: { postgresql: { wal_sender_timeout: ${value} } }\n`;
    expect(findingsOf(`${text}replication: { mode: quorum }`)).toMatchObject([
      { code: "wal-sender-outlives-lease", severity: "warning", path: ["parameters", "postgresql", "wal_sender_timeout"] },
    ]);
    expect(findingsOf(text)).toEqual([]);
  });

  it.each([["30s"], ["5000"]])("wal_sender_timeout: %s does not", (value) => {
    expect(findingsOf(`parameters: { postgresql: { wal_sender_timeout: ${value} } }\nreplication: { mode: quorum }`)).toEqual([]);
  });
});

describe("archive_mode", () => {
  const archiving = (parameters: string) => findingsOf(`parameters: { postgresql: { ${parameters} } }`);

  it.each(["archive_mode: true", "archive_mode: always", "Archive_Mode: 'on', archive_command: ' '"])("%s fills the disk", (parameters) => {
    expect(archiving(parameters)).toMatchObject([{ code: "archiving-without-command", severity: "error" }]);
  });

  it.each(["archive_mode: false", "archive_mode: 'on', archive_command: 'true'", "archive_mode: true, archive_library: basic_archive"])(
    "%s does not",
    (parameters) => {
      expect(archiving(parameters)).toEqual([]);
    },
  );
});

it("a cluster in which every transaction is read-only is refused", () => {
  expect(findingsOfParameter("postgresql", "default_transaction_read_only", "true")).toMatchObject([{ code: "writes-disabled" }]);
  expect(findingsOfParameter("postgresql", "default_transaction_read_only", "false")).toEqual([]);
});

describe("the platform's versions", () => {
  const versions = (patroni: string, etcd: string) => {
    const topology = topologyOf(NODES);
    const platform = { ...topology.platform, versions: { ...topology.platform.versions, patroni, etcd } };
    return patroniRules.flatMap((rule) => rule({ ...topology, platform })).map(({ code, severity }) => `${severity} ${code}`);
  };

  it("of Patroni must know quorum and name its roles as HAProxy expects", () => {
    expect(versions("3.3.8", "3.5.16")).toEqual(["error patroni-too-old"]);
    expect(versions("4.0.0", "3.5.16")).toEqual([]);
  });

  it.each([
    ["4.0.7", "3.5.29"],
    ["4.1.0", "3.6.10"],
    ["4.0.7", "3.4.42"],
    ["4.0.8", "3.5.28"],
    ["4.1.1", "3.6.9"],
  ])("Patroni %s and etcd %s cannot speak to each other", (patroni, etcd) => {
    expect(versions(patroni, etcd)).toEqual(["error etcd-refuses-patroni"]);
  });

  it.each([
    ["4.0.7", "3.5.27"],
    ["4.0.8", "3.5.29"],
    ["4.1.0", "3.6.8"],
    ["4.1.1", "3.6.10"],
    ["4.2.0", "3.7.0"],
  ])("Patroni %s and etcd %s can", (patroni, etcd) => {
    expect(versions(patroni, etcd)).toEqual([]);
  });
});

it("the rules are total: whatever the schema accepts, they speak in their own codes and do not throw", () => {
  const key = fc.oneof(
    fc.constantFrom("constructor", "toString", "valueOf", "a.b"),
    fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,20}$/),
    fc.constantFrom(...SHARED_PARAMETERS.keys(), ...FREE_DYNAMIC.keys()),
  );
  const value = fc.oneof(fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom("", "1", "10GB", "off", "x"));
  const topology = topologyOf(NODES);
  fc.assert(
    fc.property(
      fc.dictionary(key, value),
      fc.dictionary(key, value),
      fc.constantFrom(15, 16, 17, 18),
      (postgresql, patroni, postgresqlVersion) => {
        const findings = patroniRules.flatMap((rule) =>
          rule({ ...topology, postgresqlVersion, parameters: { ...topology.parameters, postgresql, patroni } }),
        );
        for (const { code } of findings) expect(PATRONI_CODES).toContain(code);
      },
    ),
  );
});

describe("the tables", () => {
  const owned = OWNED_POSTGRESQL.flatMap(({ names }) => names);

  it("name each owned setting once", () => {
    expect(owned).toHaveLength(new Set(owned).size);
    expect([...FREE_DYNAMIC.keys()].filter((name) => OWNED_PATRONI.some(({ names }) => names.includes(name)))).toEqual([]);
  });

  it("set only parameters that PostgreSQL has", () => {
    const set = [
      ...SHARED_PARAMETERS.keys(),
      ...Object.keys(LOCAL_PARAMETERS),
      ...Object.values(LOCAL_PARAMETERS_SINCE).flatMap((table) => Object.keys(table)),
    ];
    expect(set.filter((name) => !name.includes(".") && !KNOWN_PARAMETERS[17]?.has(name))).toEqual([]);
  });

  it("refuse every key of the dynamic section that the topology decides", () => {
    const decided = Object.keys(deriveDynamic(topologyOf(NODES))).filter((name) => !FREE_DYNAMIC.has(name));
    expect(decided.filter((name) => !OWNED_PATRONI.some(({ names }) => names.includes(name)))).toEqual([]);
  });
});
