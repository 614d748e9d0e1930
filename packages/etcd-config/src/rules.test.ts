import { isFree } from "@matriarch/topology";
import { EXAMPLE_NAMES, exampleTopology, topologyOf } from "@matriarch/topology/testing";
import { describe, expect, it } from "vitest";
import { ETCD_CODES } from "./codes.ts";
import { etcdRules } from "./rules.ts";
import { TABLES } from "./platforms/tables.ts";
import { DIALECT } from "./settings/dialect.ts";
import { SETTINGS } from "./settings/index.ts";

const NODES = "cluster: c\nnodes: { e1: [etcd], e2: [etcd], e3: [etcd], n1: [postgresql], n2: [postgresql], p: [haproxy, pgbouncer] }";
const findingsOf = (text: string, etcd = "3.5.16") => {
  const topology = topologyOf(`${NODES}\n${text}`);
  const { platform } = topology;
  return etcdRules.flatMap((rule) => rule({ ...topology, platform: { ...platform, versions: { ...platform.versions, etcd } } }));
};
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
    ["cipher-suites", "NOPE"],
    ["auto-compaction-retention", "30d"],
    ["auto-compaction-retention", "1 h"],
    ["auto-compaction-retention", "'2562048'"],
    ["auto-compaction-mode", "hourly"],
    ["log-level", "verbose"],
    ["logger", "capnslog"],
    ["log-outputs", "/tmp/etcd.log"],
    ["log-outputs", "'default, stderr'"],
    ["bcrypt-cost", "3"],
    ["snapshot-count", "0"],
    ["quota-backend-bytes", "0"],
    ["metrics", "all"],
    ["backend-bbolt-freelist-type", "hashmap"],
    ["experimental-compact-hash-check-time", "0"],
    ["max-concurrent-streams", "4294967296"],
    ["tls-min-version", "TLS1.1"],
    ["enable-log-rotation", "true"],
    ["experimental-enable-lease-checkpoint-persist", "true"],
  ])("%s: %s is refused, because etcd would not start with it", (key, value) => {
    expect(findingsOfParameter(key, value)).toMatchObject([{ code: "invalid-parameter-etcd", path: ["parameters", "etcd", key] }]);
  });

  it.each([
    ["log-level", "warn"],
    ["max-wals", "7"],
    ["pre-vote", "true"],
    ["experimental-corrupt-check-time", "10000000000"],
    ["cipher-suites", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"],
    ["auto-compaction-retention", "1h30m"],
    ["auto-compaction-retention", "'2562047'"],
    ["log-outputs", "'stderr, stdout'"],
    ["bcrypt-cost", "4"],
    ["tls-max-version", "TLS1.3"],
  ])("%s: %s is accepted", (key, value) => {
    expect(findingsOfParameter(key, value)).toEqual([]);
  });
});

it("a member that may unseat a leader that is well is a warning", () => {
  expect(findingsOfParameter("pre-vote", "false")).toMatchObject([{ code: "dangerous-parameter-etcd", severity: "warning" }]);
  expect(findingsOfParameter("pre-vote", "true")).toEqual([]);
});

describe("the settings", () => {
  const settings = SETTINGS.flatMap((group) => group.settings);

  it("name each parameter once", () => {
    expect(new Set(settings.map(({ key }) => key)).size).toBe(settings.length);
  });

  it("are refused where etcd would not start with the value, whatever it is", () => {
    const topology = topologyOf(NODES);
    const refusals = settings.filter(isFree).map(({ accepts }) => DIALECT.refuse(accepts, Number.NaN, topology));
    expect(refusals.filter((refusal) => refusal === undefined)).toEqual([]);
  });
});

describe("the platform's etcd", () => {
  it("is too old without the gateway that Patroni calls", () => {
    expect(findingsOf("", "3.3.27")).toMatchObject([{ code: "etcd-too-old", severity: "error", path: ["platform"] }]);
    expect(findingsOf("", "3.4.0")).toEqual([]);
  });

  it("knows the names of 3.5, for the last time in 3.6, and no longer in 3.7", () => {
    const text = "parameters: { etcd: { experimental-initial-corrupt-check: true, snapshot-count: 1 } }";
    const path = ["parameters", "etcd", "experimental-initial-corrupt-check"];
    expect(findingsOf(text, "3.5.29")).toEqual([]);
    expect(findingsOf(text, "3.6.0")).toMatchObject([{ code: "renamed-parameter-etcd", severity: "warning", path }]);
    expect(findingsOf(text, "3.7.1")).toMatchObject([{ code: "unavailable-parameter-etcd", severity: "error", path }]);
  });
});

describe("etcd's file", () => {
  it("is not allowed to outgrow the memory of the smallest member", () => {
    const quota = (bytes: number) => findingsOfParameter("quota-backend-bytes", String(bytes));
    expect(quota(512 * 1024 ** 2 + 1)).toMatchObject([
      { code: "etcd-quota-exceeds-memory", severity: "warning", message: expect.stringContaining("of which e1 has 512 MiB") },
    ]);
    expect(quota(512 * 1024 ** 2)).toEqual([]);
  });

  it.each(["'0'", "''", "-1h", "0h"])("grows for ever with a retention of %s", (retention) => {
    expect(findingsOfParameter("auto-compaction-retention", retention)).toMatchObject([
      { code: "etcd-never-compacts", severity: "warning" },
    ]);
  });

  it.each(["1h", "'1000'", "10h"])("is compacted with a retention of %s", (retention) => {
    expect(findingsOfParameter("auto-compaction-retention", retention)).toEqual([]);
  });
});

it("what is right alone is refused where it is not right together", () => {
  const together = (text: string) => findingsOf(`parameters: { etcd: { ${text} } }`).map(({ code, path }) => `${code} ${path.at(-1)}`);
  expect(together("tls-min-version: TLS1.3, tls-max-version: TLS1.2")).toEqual(["invalid-parameter-etcd tls-max-version"]);
  expect(together("tls-min-version: TLS1.3, cipher-suites: TLS_AES_128_GCM_SHA256")).toEqual(["invalid-parameter-etcd cipher-suites"]);
  expect(together("enable-log-rotation: true, log-outputs: '/var/lib/etcd/etcd.log'")).toEqual([]);
  expect(together("auto-compaction-mode: revision, auto-compaction-retention: 1h")).toEqual([
    "etcd-never-compacts auto-compaction-retention",
  ]);
  expect(together("auto-compaction-mode: revision, auto-compaction-retention: '1000'")).toEqual([]);
});

it("each row is called like a flag of the platform's etcd, but for one that has none", () => {
  const { flags } = TABLES["debian-13"];
  const rows = SETTINGS.flatMap((group) => group.settings).filter(isFree);
  expect(rows.filter(({ key }) => !flags.includes(key)).map(({ key }) => key)).toEqual(["experimental-snapshot-catch-up-entries"]);
});

it("every code can be reported", () => {
  const text =
    "parameters: { etcd: { name: x, nam: x, max-wals: x, quota-backend-bytes: 1000000000000, auto-compaction-retention: '0', experimental-memory-mlock: true, pre-vote: false } }";
  const reported = [...findingsOf(text, "3.3.0"), ...findingsOf(text, "3.6.1"), ...findingsOf(text, "3.7.0")].map(({ code }) => code);
  expect([...new Set(reported)].toSorted()).toEqual([...ETCD_CODES].toSorted());
});
