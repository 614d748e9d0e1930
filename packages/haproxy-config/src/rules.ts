import { CHECK_TIMEOUT_INTERVALS, type Finding, isBefore, longestPoolIdle, POOL_LIFETIME, type Topology } from "@matriarch/topology";
import type { HaproxyCode } from "./codes.ts";
import { IDLE_HOURS, limitsOf } from "./limits.ts";
import { wordsOf } from "./parameter.ts";
import { FREE } from "./settings/free.ts";
import { OWNED } from "./settings/owned.ts";

type HaproxyFinding = Finding<HaproxyCode>;
/** A rule of this package: it can report no code that is not in the list. */
type HaproxyRule = (topology: Topology) => readonly HaproxyFinding[];

/** HAProxy takes 64 words on a line (MAX_LINE_ARGS), and the keyword is one of them. */
const MOST_WORDS = 63;

function checkParameter(keyword: string, value: string | number | boolean): HaproxyFinding[] {
  const path = ["parameters", "haproxy", keyword];
  const owned = OWNED.find(({ keywords }) => keywords.includes(keyword));
  if (owned !== undefined) {
    const message = `Matriarch sets HAProxy's "${keyword}" itself: ${owned.because}.`;
    return [{ code: "owned-parameter-haproxy", severity: "error", path, message, hint: owned.instead }];
  }
  if (!FREE.includes(keyword)) {
    const message = `"${keyword}" is not a directive of HAProxy's global section that a topology may set.`;
    const hint = "Take the name from the global section in HAProxy's manual; other sections are rendered from the rest of the topology.";
    return [{ code: "unknown-parameter-haproxy", severity: "error", path, message, hint }];
  }
  const count = wordsOf(value)?.length ?? 0;
  if (count <= MOST_WORDS) return [];
  const message = `"${keyword}" has ${count} words; HAProxy reads at most ${MOST_WORDS} after a keyword.`;
  return [{ code: "invalid-parameter-haproxy", severity: "error", path, message, hint: "Say it in fewer words." }];
}

const parameters: HaproxyRule = (topology) =>
  Object.entries(topology.parameters.haproxy).flatMap(([keyword, value]) => checkParameter(keyword, value));

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
  parameters,
  connectionsBelowPools,
  fileDescriptors,
  memory,
  tooOld,
  checksOutlastLease,
  poolOutlivesBalancer,
];
