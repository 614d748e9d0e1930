import { isFree } from "@matriarch/topology";
import { EXAMPLE_NAMES, exampleTopology, topologyOf } from "@matriarch/topology/testing";
import { describe, expect, it } from "vitest";
import { PGBOUNCER_CODES } from "../codes.ts";
import { DIALECT } from "../settings/dialect.ts";
import { TABLES } from "../platforms/tables.ts";
import { SETTINGS } from "../settings/index.ts";
import { pgbouncerRules } from "./index.ts";

const POOLER = "p: [pgbouncer]";
const findingsOf = (text: string, poolers = POOLER, pgbouncer = "1.24.1") => {
  const topology = topologyOf(`cluster: c\nnodes: { e: [etcd], n: [postgresql], b: [haproxy], ${poolers} }\n${text}`);
  const { platform } = topology;
  return pgbouncerRules.flatMap((rule) => rule({ ...topology, platform: { ...platform, versions: { ...platform.versions, pgbouncer } } }));
};
const findingsOfParameter = (key: string, value: string) => findingsOf(`parameters: { pgbouncer: { ${key}: ${value} } }`);

it.each(EXAMPLE_NAMES)("the example %s is accepted", (example) => {
  expect(pgbouncerRules.flatMap((rule) => rule(exampleTopology(example)))).toEqual([]);
});

describe("a free parameter", () => {
  it.each(["auth_type", "listen_addr", "default_pool_size", "reserve_pool_size", "logfile"])("%s is not for a topology to set", (key) => {
    expect(findingsOfParameter(key, "x")).toMatchObject([
      { code: "owned-parameter-pgbouncer", severity: "error", path: ["parameters", "pgbouncer", key] },
    ]);
  });

  it("that PgBouncer does not know is refused, with the name that was meant where it is plain", () => {
    expect(findingsOfParameter("Query-Timeout", "1")).toMatchObject([
      { code: "unknown-parameter-pgbouncer", hint: 'Did you mean "query_timeout"?' },
    ]);
    expect(findingsOfParameter("constructor", "1")).toMatchObject([{ code: "unknown-parameter-pgbouncer" }]);
  });

  it.each([
    ["server_check_query", "' select 1'"],
    ["server_check_query", "1"],
    ["stats_period", "1.5"],
    ["stats_period", "3000000000"],
    ["stats_period", "'60'"],
    ["query_timeout", "-1"],
    ["query_timeout", "10s"],
    ["log_stats", "yes"],
    ["log_stats", "2"],
    ["query_timeout", "1e-7"],
    ["tcp_keepidle", "32768"],
    ["tcp_keepcnt", "128"],
    ["pkt_buf", "64"],
    ["max_packet_size", "64"],
    ["client_tls_ciphers", "NOPE"],
    ["server_tls_ciphers", "TLS_AES_128_GCM_SHA256"],
    ["client_tls_ecdhcurve", "P-256"],
    ["client_tls_ecdhcurve", "secp256k1"],
    ["client_tls_dheparams", "legacy"],
  ])("%s: %s is refused", (key, value) => {
    expect(findingsOfParameter(key, value)).toMatchObject([
      { code: "invalid-parameter-pgbouncer", path: ["parameters", "pgbouncer", key] },
    ]);
  });

  it.each([
    ["server_check_query", "''"],
    ["stats_period", "30"],
    ["query_timeout", "0.25"],
    ["log_stats", "false"],
    ["log_stats", "1"],
    ["query_timeout", "0.000001"],
    ["tcp_keepidle", "32767"],
    ["max_packet_size", "4294967295"],
    ["client_tls_ciphers", "HIGH:!aNULL"],
    ["server_tls_ciphers", "Secure"],
    ["client_tls_ecdhcurve", "secp384r1"],
    ["client_tls_dheparams", "NONE"],
  ])("%s: %s is accepted", (key, value) => {
    expect(findingsOfParameter(key, value)).toEqual([]);
  });
});

it("options among the ignored parameters are a warning: what a client asks for there would be lost", () => {
  expect(findingsOfParameter("ignore_startup_parameters", "'extra_float_digits, options'")).toMatchObject([
    { code: "dangerous-parameter-pgbouncer", severity: "warning" },
  ]);
  expect(findingsOfParameter("ignore_startup_parameters", "extra_float_digits")).toEqual([]);
});

it.each([
  ["server_reset_query_always", "true"],
  ["server_reset_query", "RESET ALL"],
  ["track_extra_parameters", "IntervalStyle"],
])("%s: %s is a warning: of what it costs, or of what one client leaves to the next", (key, value) => {
  expect(findingsOfParameter(key, value)).toMatchObject([{ code: "dangerous-parameter-pgbouncer", severity: "warning" }]);
});

it.each([
  ["server_reset_query_always", "false"],
  ["server_reset_query", "DISCARD ALL"],
  ["track_extra_parameters", "'IntervalStyle,default_transaction_read_only, search_path'"],
])("%s: %s is not", (key, value) => {
  expect(findingsOfParameter(key, value)).toEqual([]);
});

describe("the settings", () => {
  const settings = SETTINGS.flatMap((group) => group.settings);

  it("name each parameter once", () => {
    expect(new Set(settings.map(({ key }) => key)).size).toBe(settings.length);
  });

  it("have defaults that PgBouncer takes", () => {
    const topology = exampleTopology("minimal");
    const [member] = topology.pgbouncer;
    if (member === undefined) throw new Error("no pooler");
    const refused = settings
      .filter(isFree)
      .filter(({ accepts, value }) => value !== undefined && DIALECT.refuse(accepts, value({ topology, member }), topology) !== undefined);
    expect(refused).toEqual([]);
  });
});

it.each([
  ["client_tls_ciphers", "ALL:eNULL", "HIGH:!aNULL"],
  ["client_login_timeout", "0.5", "5"],
  ["disable_pqexec", "true", "false"],
  ["max_packet_size", "1024", "1048576"],
  ["min_pool_size", "1000", "1"],
  ["pkt_buf", "512", "4096"],
  ["pkt_buf", "1048576", "8192"],
  ["resolv_conf", "/etc/my-resolv.conf", "/etc/resolv.conf"],
  ["stats_period", "0", "15"],
])("%s: %s is taken and dangerous, %s is not", (key, harmful, harmless) => {
  expect(findingsOfParameter(key, harmful)).toMatchObject([{ code: "dangerous-parameter-pgbouncer", severity: "warning" }]);
  expect(findingsOfParameter(key, harmless)).toEqual([]);
});

describe("the table of the platform", () => {
  const table = TABLES["debian-13"];
  const rows = SETTINGS.flatMap((group) => group.settings);
  const TYPES = { switch: "integer", integer: "integer", real: "seconds", word: "text", list: "text", text: "text" } as const;
  /** Read once, when the timer is started, although SHOW CONFIG says otherwise. */
  const READ_AT_THE_START = ["stats_period"];

  it("has a row for each setting, and a line for each row that its release knows", () => {
    expect(Object.keys(table).filter((key) => !rows.some((row) => row.key === key))).toEqual([]);
    expect(rows.filter(({ key, since }) => !(key in table) && since === undefined).map(({ key }) => key)).toEqual([]);
  });

  it("reads each value as the row says, and puts it in force when the row says", () => {
    for (const row of rows.filter(isFree).filter(({ key }) => key in table)) {
      const takesEffect = (table[row.key]?.changeable ?? false) && !READ_AT_THE_START.includes(row.key) ? "reload" : "restart";
      expect({ key: row.key, type: TYPES[row.accepts.type], takesEffect: row.takesEffect }).toEqual({
        key: row.key,
        type: table[row.key]?.type,
        takesEffect,
      });
    }
  });
});

describe("the budget of connections", () => {
  const budget = (text: string, poolers = POOLER) =>
    findingsOf(text, poolers).filter(({ code }) => code === "pools-exceed-max-connections");

  it("holds by default, also with the fewest connections and two poolers", () => {
    expect(budget("postgresql: { max_connections: 25 }")).toEqual([]);
    expect(budget("", "p: [pgbouncer], p2: [pgbouncer]")).toEqual([]);
  });

  it("is broken by pools that are too large; the message adds up, and the size that it names fits", () => {
    // Two databases with one role each and the lookup role, on two routes: 8 pools.
    expect(budget("postgresql: { max_connections: 100 }\npools: { size: 11 }")).toEqual([
      {
        code: "pools-exceed-max-connections",
        severity: "error",
        path: ["pools", "size"],
        message: "8 pools of 11 (88) + 10 for direct clients + 5 for the superuser = 103 connections, more than max_connections, 100.",
        hint: "Set pools.size to 10, or raise postgresql.max_connections to 104.",
      },
    ]);
    expect(budget("postgresql: { max_connections: 100 }\npools: { size: 10 }")).toEqual([]);
    expect(budget("postgresql: { max_connections: 104 }\npools: { size: 11 }")).toEqual([]);
  });

  it("is broken by too many pools of one connection: then only max_connections can give", () => {
    const databases = `databases: { ${["a", "b", "c", "d"].map((name) => `${name}: {}`).join(", ")} }`;
    expect(budget(`postgresql: { max_connections: 25 }\n${databases}`)).toMatchObject([
      { path: ["postgresql", "max_connections"], hint: "Let fewer roles use fewer databases, or raise postgresql.max_connections to 28." },
    ]);
    expect(budget(`postgresql: { max_connections: 28 }\n${databases}`)).toEqual([]);
  });
});

describe("a role's connection limit", () => {
  const limited = (limit: number) => findingsOf(`roles: { app: { connection_limit: ${limit} } }`);

  it("below the number of the role's pools is a warning", () => {
    expect(limited(1)).toMatchObject([
      { code: "connection-limit-below-pools", severity: "warning", path: ["roles", "app", "connection_limit"] },
    ]);
    expect(limited(2)).toEqual([]);
  });
});

describe("a role's connection limit that is larger than the server", () => {
  it("is a warning: it limits nothing", () => {
    const limited = (limit: number) => findingsOf(`postgresql: { max_connections: 100 }\nroles: { app: { connection_limit: ${limit} } }`);
    expect(limited(96)).toMatchObject([
      { code: "connection-limit-unreachable", severity: "warning", path: ["roles", "app", "connection_limit"] },
    ]);
    expect(limited(95)).toEqual([]);
  });
});

describe("session mode", () => {
  it("gives each client a server connection, so more clients than those is a warning", () => {
    // Two databases with one role each and the lookup role, on two routes: 8 pools.
    const clients = (count: number, mode = "session") => findingsOf(`pools: { mode: ${mode}, size: 4, max_clients: ${count} }`);
    expect(clients(33)).toMatchObject([{ code: "session-clients-exceed-pools", severity: "warning", path: ["pools", "max_clients"] }]);
    expect(clients(32)).toEqual([]);
    expect(clients(33, "transaction")).toEqual([]);
  });
});

describe("the clients of one PgBouncer", () => {
  const codes = (text: string, poolers = POOLER) => findingsOf(text, poolers).map(({ code }) => code);
  const LARGE = "p: { roles: [pgbouncer], resources: { memory: 64GiB } }";

  it("should fit the descriptors that a service usually gets", () => {
    expect(codes("pools: { max_clients: 524193, size: 4 }", LARGE)).toEqual(["pooler-file-descriptors"]);
    expect(codes("pools: { max_clients: 524192, size: 4 }", LARGE)).toEqual([]);
  });

  it("should fit its memory; each pooler that is too small is named", () => {
    expect(findingsOf("pools: { max_clients: 8161, size: 4 }")).toMatchObject([
      { code: "pooler-memory", severity: "warning", message: expect.stringContaining("p has 256 MiB of memory; 8161 clients") },
    ]);
    expect(codes("pools: { max_clients: 8160, size: 4 }")).toEqual([]);
    expect(codes("pools: { max_clients: 8161, size: 4 }", LARGE)).toEqual([]);
  });
});

describe("a timeout", () => {
  it.each([
    ["query_wait_timeout", "6.9", "query-wait-below-switchover"],
    ["server_login_retry", "5.1", "login-retry-prolongs-outage"],
  ])("%s: %s is a warning", (key, value, code) => {
    expect(findingsOfParameter(key, value)).toMatchObject([{ code, severity: "warning", path: ["parameters", "pgbouncer", key] }]);
  });

  it.each([
    ["query_wait_timeout", "7"],
    ["query_wait_timeout", "0"],
    ["server_login_retry", "5"],
  ])("%s: %s is not", (key, value) => {
    expect(findingsOfParameter(key, value)).toEqual([]);
  });

  it.each(["idle_session_timeout", "Idle_Session_Timeout"])("%s of PostgreSQL should not be shorter than the pool's", (key) => {
    const idle = (value: string, pgbouncer = "") =>
      findingsOf(`parameters: { postgresql: { ${key}: ${value} }, pgbouncer: { ${pgbouncer} } }`);
    expect(idle("599s")).toMatchObject([
      { code: "idle-session-timeout-cuts-pools", severity: "warning", path: ["parameters", "postgresql", key] },
    ]);
    expect(idle("10min")).toEqual([]);
    expect(idle("0")).toEqual([]);
    expect(idle("599s", "server_idle_timeout: 500")).toEqual([]);
  });
});

describe("the platform's PgBouncer", () => {
  it("knows the parameters of its release: with a newer one it would not start", () => {
    const text = "parameters: { pgbouncer: { transaction_timeout: 30 } }";
    expect(findingsOf(text)).toMatchObject([
      { code: "unavailable-parameter-pgbouncer", path: ["parameters", "pgbouncer", "transaction_timeout"] },
    ]);
    expect(findingsOf(text, POOLER, "1.25.0")).toEqual([]);
  });

  it("is too old without a pool size for a role", () => {
    expect(findingsOf("", POOLER, "1.22.1")).toMatchObject([{ code: "pgbouncer-too-old", severity: "error", path: ["platform"] }]);
    expect(findingsOf("", POOLER, "1.23.0")).toEqual([]);
  });
});

it("every code can be reported", () => {
  const text = `
pools: { mode: session, size: 1000, max_clients: 1000000 }
roles: { app: { connection_limit: 1 }, big: { connection_limit: 5000 } }
parameters:
  postgresql: { idle_session_timeout: 1s }
  pgbouncer: { auth_type: x, auth_typ: x, verbose: x, ignore_startup_parameters: options, transaction_timeout: 1, query_wait_timeout: 1, server_login_retry: 60 }`;
  const reported = findingsOf(text, POOLER, "1.22.1").map(({ code }) => code);
  expect([...new Set(reported)].toSorted()).toEqual([...PGBOUNCER_CODES].toSorted());
});
