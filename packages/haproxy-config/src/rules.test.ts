import { isFree, type Topology } from "@matriarch/topology";
import { EXAMPLE_NAMES, exampleTopology, topologyOf } from "@matriarch/topology/testing";
import { describe, expect, it } from "vitest";
import { HAPROXY_CODES } from "./codes.ts";
import { haproxyRules } from "./rules.ts";
import { TABLES } from "./platforms/tables.ts";
import { SETTINGS } from "./settings/index.ts";
import { OWNED } from "./settings/owned.ts";

const NODES = "cluster: c\nnodes: { n1: [etcd, postgresql], n2: [etcd, postgresql], n3: [etcd, postgresql], p: [haproxy, pgbouncer] }\n";
const findingsOf = (topology: Topology) => haproxyRules.flatMap((rule) => rule(topology));
const check = (text: string) =>
  findingsOf(topologyOf(NODES + text)).map(({ code, severity, path }) => `${severity} ${code} at ${path.join(".")}`);

it.each(EXAMPLE_NAMES)("the example %s is accepted without a word", (example) => {
  expect(findingsOf(exampleTopology(example))).toEqual([]);
});

describe("parameters.haproxy", () => {
  const rows = SETTINGS.flatMap(({ settings }) => settings);
  const findingsOfParameter = (keyword: string, value: string) => check(`parameters: { haproxy: { ${keyword}: ${value} } }`);

  it.each(OWNED.map(({ key }) => key))("%s is refused: it is Matriarch's", (keyword) => {
    expect(findingsOfParameter(keyword, "x")).toEqual([`error owned-parameter-haproxy at parameters.haproxy.${keyword}`]);
  });

  it("says who owns a directive and what to use instead", () => {
    const [finding] = findingsOf(topologyOf(`${NODES}parameters: { haproxy: { maxconn: 10 } }`));
    expect(finding?.message).toContain("file descriptors belong together");
    expect(finding?.hint).toContain("balancer.max_connections");
  });

  it.each(["listen", "defaults", "userlist", "no", "tune.bufsiz", "constructor"])(
    "%s is refused: it is no directive, or opens another section",
    (keyword) => {
      expect(findingsOfParameter(keyword, "x")).toEqual([`error unknown-parameter-haproxy at parameters.haproxy.${keyword}`]);
    },
  );

  it.each([
    ["nbthread", "many"],
    ["nbthread", "0"],
    ["nbthread", "65"],
    ["thread-groups", "64"],
    ["nosplice", "1"],
    ["tune.bufsize", "16m"],
    ["tune.bufsize", "'16384 x'"],
    ["tune.maxrewrite", "9000"],
    ["tune.idletimer", "66s"],
    ["hard-stop-after", "1m30s"],
    ["hard-stop-after", "25d"],
    ["warn-blocked-traffic-after", "0"],
    ["profiling.tasks", "true"],
    ["ssl-default-bind-ciphers", "NOPE"],
    ["ssl-default-server-ciphers", "TLS_AES_128_GCM_SHA256"],
    ["ssl-default-bind-ciphersuites", "ECDHE-ECDSA-AES128-GCM-SHA256"],
    ["ssl-default-bind-curves", "'X25519:NOPE'"],
    ["ssl-default-bind-sigalgs", "NOPE"],
    ["cpu-map", "'1 x'"],
    ["tune.epoll.mask-events", "'err, hup'"],
  ])("%s: %s is refused", (keyword, value) => {
    expect(findingsOfParameter(keyword, value).map((finding) => finding.split(" ").slice(0, 2).join(" "))).toEqual([
      "error invalid-parameter-haproxy",
    ]);
  });

  it.each([
    ["nbthread", "'4'"],
    ["nbthread", "false"],
    ["nosplice", "true"],
    ["tune.bufsize", "32768"],
    ["hard-stop-after", "90s"],
    ["hard-stop-after", "24d"],
    ["tune.idletimer", "65535us"],
    ["log-send-hostname", "true"],
    ["ssl-default-bind-ciphersuites", "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"],
    ["ssl-default-bind-curves", "'X25519:secp384r1'"],
    ["ssl-default-bind-sigalgs", "'ecdsa_secp256r1_sha256:RSA+SHA256'"],
    ["cpu-map", "'all/odd 0-3,8'"],
  ])("%s: %s is accepted", (keyword, value) => {
    expect(findingsOfParameter(keyword, value)).toEqual([]);
  });

  it("more threads than one group holds are accepted with the groups for them", () => {
    expect(check("parameters: { haproxy: { nbthread: 128, thread-groups: 2 } }")).toEqual([]);
    expect(check("parameters: { haproxy: { nbthread: 129, thread-groups: 2 } }")).toEqual([
      "error invalid-parameter-haproxy at parameters.haproxy.nbthread",
    ]);
  });

  it.each([
    ["ssl-default-bind-ciphers", "ALL:eNULL"],
    ["ssl-default-bind-ciphersuites", "TLS_SHA256_SHA256"],
    ["ssl-default-bind-sigalgs", "RSA+SHA256"],
    ["ssl-security-level", "0"],
    ["tune.bufsize", "4194304"],
    ["tune.ssl.cachesize", "2000000"],
    ["hard-stop-after", "0"],
  ])("%s: %s is taken and dangerous", (keyword, value) => {
    expect(findingsOfParameter(keyword, value)).toEqual([`warning dangerous-parameter-haproxy at parameters.haproxy.${keyword}`]);
  });

  it("each row stands once, and is a keyword of the platform's HAProxy", () => {
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    expect(rows.filter(isFree).filter(({ key }) => !TABLES["debian-13"].keywords.includes(key))).toEqual([]);
  });
});

describe("the balancer", () => {
  it("should accept all that the poolers can open", () => {
    // Two databases; in each the pools of its roles, and one of the lookup role: app, monitor; 4 pools of 10 at each port.
    const limit = (connections: number) => `pools: { size: 10 }\nbalancer: { max_connections: ${connections} }`;
    expect(check(limit(39))).toEqual(["warning balancer-connections-below-pools at balancer.max_connections"]);
    expect(check(limit(40))).toEqual([]);
  });

  it("cannot have more file descriptors than Linux gives", () => {
    const limit = (connections: number) =>
      findingsOf(topologyOf(`${NODES}balancer: { max_connections: ${connections} }`)).map(({ code }) => code);
    expect(limit(262_100)).toContain("balancer-file-descriptors");
    expect(limit(262_000)).not.toContain("balancer-file-descriptors");
  });

  it("should have the memory for its connections", () => {
    const limit = (connections: number) => check(`balancer: { max_connections: ${connections} }`);
    expect(limit(8000)).toEqual(["warning balancer-memory at balancer.max_connections"]);
    expect(limit(7000)).toEqual([]);
  });
});

describe("a dead host", () => {
  it("should be found down while its lease lasts", () => {
    // One interval, two checks of two intervals, and the fast one between them: 5.5 intervals here.
    const checks = (interval: number) => check(`timing: { preset: normal, check_interval_ms: ${interval}, check_fast_interval_ms: 500 }`);
    expect(checks(5901)).toEqual(["warning checks-outlast-lease at timing.check_interval_ms"]);
    expect(checks(5900)).toEqual([]);
    expect(check("timing: { preset: fast, check_fall: 10 }")).toEqual([]);
  });
});

describe("an idle session of the pool", () => {
  const idle = (text: string) => check(`parameters: { pgbouncer: { ${text} } }`);

  it("should end before HAProxy ends it", () => {
    expect(idle("server_lifetime: 90000, server_idle_timeout: 86400")).toEqual([
      "warning pool-outlives-balancer at parameters.pgbouncer.server_idle_timeout",
    ]);
    expect(idle("server_lifetime: 90000, server_idle_timeout: 0")).toHaveLength(1);
    expect(idle("server_lifetime: 90000, server_idle_timeout: 86399")).toEqual([]);
  });

  it("ends with its lifetime, whatever else is said", () => {
    expect(idle("server_idle_timeout: 0")).toEqual([]);
    expect(idle("server_lifetime: 0, server_idle_timeout: 0")).toEqual([]);
    expect(idle("server_lifetime: 90000")).toEqual([]);
  });
});

/** The findings where the platform has another HAProxy. */
function findingsWith(haproxy: string, topology: Topology) {
  const { platform } = topology;
  return findingsOf({ ...topology, platform: { ...platform, versions: { ...platform.versions, haproxy } } });
}

it("the platform's HAProxy is too old without the section that haproxy.cfg uses", () => {
  expect(findingsWith("2.8.16", topologyOf(NODES))).toMatchObject([{ code: "haproxy-too-old", severity: "error", path: ["platform"] }]);
  expect(findingsWith("3.0.0", topologyOf(NODES))).toEqual([]);
});

it("every code can be reported", () => {
  const topology = topologyOf(`cluster: c
nodes: { n: [etcd, postgresql], p: [haproxy, pgbouncer] }
pools: { size: 1000000 }
balancer: { max_connections: 500000 }
timing: { check_interval_ms: 60000 }
parameters: { haproxy: { log: x, x: 1, nbthread: many, hard-stop-after: 0, tune.max-checks-per-thread: 1 }, pgbouncer: { server_lifetime: 90000, server_idle_timeout: 0 } }`);
  const reported = findingsWith("2.8.16", topology).map(({ code }) => code);
  expect([...new Set(reported)].toSorted()).toEqual([...HAPROXY_CODES].toSorted());
});
