import type { Finding, Rule, Topology } from "@matriarch/topology";
import { limitsOf } from "./limits.ts";
import { wordsOf } from "./parameter.ts";
import { FREE } from "./settings/free.ts";
import { OWNED } from "./settings/owned.ts";

/** Every code that this package's rules can report. */
export const HAPROXY_CODES = [
  "owned-parameter-haproxy",
  "unknown-parameter-haproxy",
  "invalid-parameter-haproxy",
  "balancer-connections-below-pools",
  "balancer-file-descriptors",
  "balancer-memory",
] as const;
type HaproxyFinding = Finding<(typeof HAPROXY_CODES)[number]>;

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

const parameters: Rule = (topology) =>
  Object.entries(topology.parameters.haproxy).flatMap(([keyword, value]) => checkParameter(keyword, value));

/** Server connections that all poolers open at one port, when every pool is full. Each has its lookup role as well. */
function pooledPerPort({ aliases, connections, databases, pgbouncer }: Topology): number {
  const pools = aliases.filter(({ route }) => route === "rw").flatMap((alias) => databases.filter(({ name }) => name === alias.database));
  return pgbouncer.length * connections.poolSize * pools.reduce((sum, { connectable }) => sum + connectable.length + 1, 0);
}

const LIMIT_PATH = ["balancer", "max_connections"];

const connectionsBelowPools: Rule = (topology) => {
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

const fileDescriptors: Rule = (topology) => {
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

const memory: Rule = (topology) => {
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

/** What HAProxy cannot accept, or would not survive. */
export const haproxyRules: readonly Rule[] = [parameters, connectionsBelowPools, fileDescriptors, memory];
