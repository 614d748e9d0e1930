import {
  CHECK_TIMEOUT_INTERVALS,
  type Finding,
  isBefore,
  longestPoolIdle,
  POOL_LIFETIME,
  settingRule,
  type Topology,
} from "@matriarch/topology";
import type { HaproxyCode } from "./codes.ts";
import { IDLE_HOURS, limitsOf } from "./limits.ts";
import { DIALECT } from "./settings/dialect.ts";
import { SETTINGS } from "./settings/index.ts";

type HaproxyFinding = Finding<HaproxyCode>;
/** A rule of this package: it can report no code that is not in the list. */
type HaproxyRule = (topology: Topology) => readonly HaproxyFinding[];

/** A number that a topology writes, or the default. */
function numberOf(value: string | number | boolean | undefined, byDefault: number): number {
  return value === undefined || typeof value === "boolean" ? byDefault : Number(value);
}

function invalid(keyword: string, message: string, hint: string): HaproxyFinding {
  return { code: "invalid-parameter-haproxy", severity: "error", path: ["parameters", "haproxy", keyword], message, hint };
}

const GROUP_THREADS = 64;

const isCount = (number: number, most: number) => Number.isInteger(number) && number >= 1 && number <= most;

/** A group has 64 threads at most, and no group is empty. */
const threadGroups: HaproxyRule = ({ haproxy, parameters: { haproxy: written } }) => {
  const fewest = Math.min(...haproxy.map(({ cpus }) => Math.max(1, Math.floor(cpus))));
  const threads = numberOf(written["nbthread"], Math.min(GROUP_THREADS, fewest));
  const groups = numberOf(written["thread-groups"], 1);
  // What is wrong with each alone is said already.
  const judged = isCount(threads, 256) && isCount(groups, 16) && !("thread-group" in written);
  if (haproxy.length === 0 || !judged) return [];
  if (threads > GROUP_THREADS * groups) {
    const needed = Math.ceil(threads / GROUP_THREADS);
    return [
      invalid(
        "nbthread",
        `${threads} threads do not fit into ${groups} group of ${GROUP_THREADS}: HAProxy does not start.`,
        `Set thread-groups to ${needed}, or nbthread to ${GROUP_THREADS * groups}.`,
      ),
    ];
  }
  if (groups > threads)
    return [invalid("thread-groups", `${groups} groups for ${threads} threads: HAProxy does not start.`, "Leave it out.")];
  return [];
};

/** Server connections that all poolers open at one port, when every pool is full. Each has its lookup role as well. */
function pooledPerPort({ aliases, connections, databases, pgbouncer }: Topology): number {
  const pooled = new Set(aliases.filter(({ route }) => route === "rw").map(({ database }) => database));
  const pools = databases.filter(({ name }) => pooled.has(name));
  return pgbouncer.length * connections.poolSize * pools.reduce((sum, { connectable }) => sum + connectable.length + 1, 0);
}

const LIMIT_PATH = ["balancer", "max_connections"];

const connectionsBelowPools: HaproxyRule = (topology) => {
  const pooled = pooledPerPort(topology);
  const { port } = limitsOf(topology);
  if (topology.haproxy.length === 0 || pooled <= port) return [];
  const finding: HaproxyFinding = {
    code: "balancer-connections-below-pools",
    severity: "warning",
    path: LIMIT_PATH,
    message: `Each port of HAProxy accepts ${port} connections, and PgBouncer opens up to ${pooled} there: the rest would wait without an answer.`,
    hint: `Set balancer.max_connections to ${pooled} and what comes past PgBouncer, or make pools.size smaller.`,
  };
  return [finding];
};

/** What Linux lets a process ask for unless it was told otherwise (fs.nr_open). */
const MOST_DESCRIPTORS = 1_048_576;

const fileDescriptors: HaproxyRule = (topology) => {
  const { fileDescriptors: needed, port } = limitsOf(topology);
  if (topology.haproxy.length === 0 || needed <= MOST_DESCRIPTORS) return [];
  const finding: HaproxyFinding = {
    code: "balancer-file-descriptors",
    severity: "error",
    path: LIMIT_PATH,
    message: `HAProxy needs ${needed} file descriptors for ${port} connections on each port; Linux gives a process ${MOST_DESCRIPTORS}, and HAProxy would not start.`,
    hint: "Lower balancer.max_connections to 262000 or less.",
  };
  return [finding];
};

/** KiB: HAProxy takes 3.4 for an idle session (measured, 3.0.11), the kernel the rest for its two sockets. */
const SESSION_KIB = 16;
const PROCESS_KIB = 32 * 1024;

const memory: HaproxyRule = (topology) => {
  const { process, port } = limitsOf(topology);
  const needed = PROCESS_KIB + process * SESSION_KIB;
  return topology.haproxy.flatMap(({ name, memoryKib }): HaproxyFinding[] => {
    if (needed <= memoryKib) return [];
    const mib = (kib: number) => `${Math.ceil(kib / 1024)} MiB`;
    const message = `${name} has ${mib(memoryKib)} of memory; ${port} connections on each port take about ${mib(needed)}, and the kernel would kill it.`;
    const hint = `Give its node ${mib(needed)}, or lower balancer.max_connections.`;
    return [{ code: "balancer-memory", severity: "warning", path: LIMIT_PATH, message, hint }];
  });
};

/** What haproxy.cfg asks of HAProxy, by the release that brought it. */
const NEEDS: readonly { readonly since: string; readonly what: string }[] = [
  { since: "3.0.0", what: "the section crt-store, which keeps certificates and keys in files of their own" },
];

const tooOld: HaproxyRule = ({ platform, haproxy }) =>
  NEEDS.filter(({ since }) => haproxy.length > 0 && isBefore(platform.versions.haproxy, since)).map(({ since, what }) => ({
    code: "haproxy-too-old",
    severity: "error",
    path: ["platform"],
    message: `The platform ${platform.id} has HAProxy ${platform.versions.haproxy}; haproxy.cfg needs ${what}, which came with ${since}.`,
    hint: "Choose a platform with a newer HAProxy.",
  }));

/** Seconds, rounded up to tenths. */
const seconds = (milliseconds: number) => `${Math.ceil(milliseconds / 100) / 10} s`;

/**
 * While an old primary still counts as up, the new one is a second one, and HAProxy lets nobody in: which of them is
 * right it cannot know. A dead host is found after one interval and `check_fall` checks that time out.
 */
const checksOutlastLease: HaproxyRule = ({ haproxy, timing }) => {
  const { checkIntervalMs, checkFastIntervalMs, checkFall, ttl } = timing;
  const found = (1 + CHECK_TIMEOUT_INTERVALS * checkFall) * checkIntervalMs + (checkFall - 1) * checkFastIntervalMs;
  if (haproxy.length === 0 || found <= ttl * 1000) return [];
  return [
    {
      code: "checks-outlast-lease",
      severity: "warning",
      path: ["timing", "check_interval_ms"],
      message: `HAProxy may need ${seconds(found)} to find a dead host down (check_interval_ms ${checkIntervalMs}, check_fall ${checkFall}), longer than the ttl of ${ttl} s: until then it refuses the new primary beside the old one.`,
      hint: "Lower check_interval_ms or check_fall; the preset's are well below its ttl.",
    },
  ];
};

/** The shorter of two idle limits must be that of the end that hands connections out: it knows when nobody uses one. */
const poolOutlivesBalancer: HaproxyRule = (topology) => {
  const idle = longestPoolIdle(topology);
  if (topology.haproxy.length === 0 || topology.pgbouncer.length === 0 || idle < IDLE_HOURS * 3600) return [];
  const key = "server_idle_timeout" in topology.parameters.pgbouncer ? "server_idle_timeout" : "server_lifetime";
  return [
    {
      code: "pool-outlives-balancer",
      severity: "warning",
      path: ["parameters", "pgbouncer", key],
      message: `PgBouncer may keep an idle server connection for ${idle === Infinity ? "ever" : `${idle} s`}, and HAProxy cuts one that is idle for ${IDLE_HOURS} h: a client that is given it in that moment gets an error.`,
      hint: `Set server_idle_timeout or server_lifetime below ${IDLE_HOURS * 3600}; both are ${POOL_LIFETIME} by default.`,
    },
  ];
};

/** What HAProxy cannot accept, or would not survive. */
export const haproxyRules: readonly HaproxyRule[] = [
  settingRule(DIALECT, SETTINGS),
  threadGroups,
  connectionsBelowPools,
  fileDescriptors,
  memory,
  tooOld,
  checksOutlastLease,
  poolOutlivesBalancer,
];
