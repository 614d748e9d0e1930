import { EXAMPLE_NAMES, exampleTopology, topologyOf } from "@matriarch/topology/testing";
import { describe, expect, it } from "vitest";
import { DEFAULTS } from "./defaults.ts";
import { FREE_PARAMETERS, isReadable } from "./parameters.ts";
import { pgbouncerRules } from "./rules.ts";
import { OWNED, ownerOf } from "./settings.ts";

const POOLER = "p: [pgbouncer]";
const findingsOf = (text: string, poolers = POOLER) =>
  pgbouncerRules.flatMap((rule) =>
    rule(topologyOf(`cluster: c\nnodes: { e: [etcd], n: [postgresql], b: [haproxy], ${poolers} }\n${text}`)),
  );
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
  ])("%s: %s is accepted", (key, value) => {
    expect(findingsOfParameter(key, value)).toEqual([]);
  });
});

describe("the tables", () => {
  it("name each parameter as owned or as free, never as both", () => {
    const owned = Object.values(OWNED).flatMap((rows) => rows.map(({ key }) => key));
    expect(new Set(owned).size).toBe(owned.length);
    expect([...FREE_PARAMETERS.keys()].filter((key) => ownerOf(key) !== undefined)).toEqual([]);
  });

  it("have defaults for free parameters only, of the kind that they are", () => {
    const topology = exampleTopology("minimal");
    for (const { key, value } of Object.values(DEFAULTS).flat()) {
      const kind = FREE_PARAMETERS.get(key);
      expect(kind !== undefined && isReadable(kind, value(topology)), key).toBe(true);
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
