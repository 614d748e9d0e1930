import { EXAMPLE_NAMES, exampleTopology, topologyOf } from "@matriarch/topology/testing";
import { describe, expect, it } from "vitest";
import { FREE_PARAMETERS } from "./parameters.ts";
import { etcdRules } from "./rules.ts";
import { DEFAULTS, OWNED, ownerOf } from "./settings.ts";

const NODES = "cluster: c\nnodes: { e1: [etcd], e2: [etcd], e3: [etcd], n1: [postgresql], n2: [postgresql], p: [haproxy, pgbouncer] }";
const findingsOf = (text: string) => etcdRules.flatMap((rule) => rule(topologyOf(`${NODES}\n${text}`)));
const findingsOfParameter = (key: string, value: string) => findingsOf(`parameters: { etcd: { ${key}: ${value} } }`);

it.each(EXAMPLE_NAMES)("the example %s is accepted", (example) => {
  expect(etcdRules.flatMap((rule) => rule(exampleTopology(example)))).toEqual([]);
});

describe("a free parameter", () => {
  it.each(["name", "auth-token", "listen-client-urls", "force-new-cluster", "discovery"])("%s is not for a topology to set", (key) => {
    expect(findingsOfParameter(key, "x")).toMatchObject([
      { code: "owned-parameter-etcd", severity: "error", path: ["parameters", "etcd", key] },
    ]);
  });

  it("that etcd does not know is refused, with the name that was meant where it is plain", () => {
    expect(findingsOfParameter("snapshot_count", "1")).toMatchObject([
      { code: "unknown-parameter-etcd", hint: 'Did you mean "snapshot-count"?' },
    ]);
    expect(findingsOfParameter("ETCD_SNAPSHOT", "1")).toMatchObject([
      { code: "unknown-parameter-etcd", path: ["parameters", "etcd", "ETCD_SNAPSHOT"] },
    ]);
    expect(findingsOfParameter("constructor", "1")).toMatchObject([{ code: "unknown-parameter-etcd" }]);
  });

  it.each([
    ["log-level", "3"],
    ["max-wals", "many"],
    ["max-wals", "1.5"],
    ["max-wals", "-1"],
    ["pre-vote", "1"],
    ["experimental-corrupt-check-time", "10s"],
    ["cipher-suites", "1"],
  ])("%s: %s is refused, because etcd would not start with it", (key, value) => {
    expect(findingsOfParameter(key, value)).toMatchObject([{ code: "invalid-parameter-etcd", path: ["parameters", "etcd", key] }]);
  });

  it.each([
    ["log-level", "warn"],
    ["max-wals", "7"],
    ["pre-vote", "false"],
    ["experimental-corrupt-check-time", "10000000000"],
    ["cipher-suites", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"],
  ])("%s: %s is accepted", (key, value) => {
    expect(findingsOfParameter(key, value)).toEqual([]);
  });
});

describe("the tables", () => {
  it("name each parameter as owned or as free, never as both", () => {
    expect([...FREE_PARAMETERS.keys()].filter((key) => ownerOf(key) !== undefined)).toEqual([]);
    expect(new Set(OWNED.map(({ key }) => key)).size).toBe(OWNED.length);
  });

  it("have defaults for free parameters only", () => {
    expect(DEFAULTS.filter(({ key }) => !FREE_PARAMETERS.has(key))).toEqual([]);
  });
});
