import type { Topology } from "@matriarch/topology";
import { EXAMPLE_NAMES, exampleTopology, topologyOf } from "@matriarch/topology/testing";
import { describe, expect, it } from "vitest";
import { HAPROXY_CODES } from "./codes.ts";
import { haproxyRules } from "./rules.ts";
import { DEFAULTS } from "./settings/defaults.ts";
import { FREE } from "./settings/free.ts";
import { OWNED } from "./settings/owned.ts";

const NODES = "cluster: c\nnodes: { n1: [etcd, postgresql], n2: [etcd, postgresql], n3: [etcd, postgresql], p: [haproxy, pgbouncer] }\n";
const findingsOf = (topology: Topology) => haproxyRules.flatMap((rule) => rule(topology));
const check = (text: string) =>
  findingsOf(topologyOf(NODES + text)).map(({ code, severity, path }) => `${severity} ${code} at ${path.join(".")}`);

it.each(EXAMPLE_NAMES)("the example %s is accepted without a word", (example) => {
  expect(findingsOf(exampleTopology(example))).toEqual([]);
});

describe("parameters.haproxy", () => {
  it.each(OWNED.flatMap(({ keywords }) => keywords))("%s is refused: it is Matriarch's", (keyword) => {
    expect(check(`parameters: { haproxy: { ${keyword}: x } }`)).toEqual([`error owned-parameter-haproxy at parameters.haproxy.${keyword}`]);
  });

  it("says who owns a directive and what to use instead", () => {
    const [finding] = findingsOf(topologyOf(`${NODES}parameters: { haproxy: { maxconn: 10 } }`));
    expect(finding?.message).toContain("file descriptors belong together");
    expect(finding?.hint).toContain("balancer.max_connections");
  });

  it.each(["listen", "defaults", "userlist", "no", "tune.bufsiz", "constructor"])(
    "%s is refused: it is no directive, or opens another section",
    (keyword) => {
      expect(check(`parameters: { haproxy: { ${keyword}: x } }`)).toEqual([
        `error unknown-parameter-haproxy at parameters.haproxy.${keyword}`,
      ]);
    },
  );

  it("a directive of more words than HAProxy reads is refused, and one of as many is not", () => {
    const words = (count: number) =>
      `parameters: { haproxy: { cpu-map: "${Array.from({ length: count }, (_, index) => index).join(" ")}" } }`;
    expect(check(words(64))).toEqual(["error invalid-parameter-haproxy at parameters.haproxy.cpu-map"]);
    expect(check(words(63))).toEqual([]);
  });

  it("every default may be set, nothing is both free and owned, and nothing stands twice", () => {
    expect(FREE).toEqual(expect.arrayContaining(DEFAULTS.map(({ keyword }) => keyword)));
    const all = [...FREE, ...OWNED.flatMap(({ keywords }) => keywords)];
    expect(new Set(all).size).toBe(all.length);
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
parameters: { haproxy: { log: x, x: 1, cpu-map: "${"1 ".repeat(64)}" }, pgbouncer: { server_lifetime: 90000, server_idle_timeout: 0 } }`);
  const reported = findingsWith("2.8.16", topology).map(({ code }) => code);
  expect([...new Set(reported)].toSorted()).toEqual([...HAPROXY_CODES].toSorted());
});
