import type { BundleMember } from "../cluster/bundle.ts";
import type { Fixes } from "../cluster/fixes.ts";
import type { Harms } from "../cluster/harms.ts";
import { localQuery, primaryOf } from "../cluster/nodes.ts";
import { type Fault, onAll } from "./fault.ts";
import { primary, twoNodes } from "./targets.ts";

type HarmfulSignal = "KILL" | "STOP";

/** Runs a shell's words that print a line for each process that got a signal; gives how many did. */
async function countSignalled(run: Harms["alter"] | Fixes["repair"], node: BundleMember, words: readonly string[]): Promise<number> {
  const { exitCode, stdout, stderr } = await run(node, ["sh", "-c", ...words]);
  if (exitCode !== 0) throw new Error(`${node.name}: ${stderr}`);
  return stdout.split("\n").filter((line) => line !== "").length;
}

/** Sends a signal to processes of a node by their numbers, as their own user; gives how many were there to get it. */
export function signalById(cluster: Harms, node: BundleMember, signal: HarmfulSignal, ids: readonly string[]): Promise<number> {
  return countSignalled(cluster.alter, node, ['for p; do kill -s "$0" "$p" && echo "$p"; done; true', signal, ...ids]);
}

/** Words that send a signal to processes by the beginning of their command line, as their own user. */
function byPattern(signal: HarmfulSignal | "CONT", pattern: string): string[] {
  // [p]attern: the shell that looks must not find itself.
  const found = `for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline 2>/dev/null | grep -q -- "$1" && kill -s "$0" "\${p#/proc/}" && echo "$p"; done; true`;
  return [found, signal, `[${pattern.charAt(0)}]${pattern.slice(1)}`];
}

/** Sends a signal to processes of a node. Throws when there is no such process: a fault that hits nobody proves nothing. */
export async function hitProcesses(cluster: Harms, node: BundleMember, signal: HarmfulSignal, pattern: string): Promise<void> {
  const hit = await countSignalled(cluster.alter, node, byPattern(signal, pattern));
  if (hit === 0) throw new Error(`${node.name} has no process like ${pattern}`);
}

/** Lets processes of a node go on that were stopped; gives how many there are. */
export function releaseProcesses(cluster: Fixes, node: BundleMember, pattern: string): Promise<number> {
  return countSignalled(cluster.repair, node, byPattern("CONT", pattern));
}

/** The process that all others of PostgreSQL come from. */
const POSTMASTER = "postgres -D ";
const PATRONI = "patroni /";

function stopping(id: string, title: string, pattern: string): Fault {
  return {
    id,
    title,
    available: twoNodes,
    targets: primary,
    inject: (cluster, targets) => onAll(targets, (node) => hitProcesses(cluster, node, "STOP", pattern)),
    heal: (cluster, targets) => onAll(targets, (node) => releaseProcesses(cluster, node, pattern)),
  };
}

export const stopPatroni = stopping("stop-patroni", "Patroni stands still on the primary, PostgreSQL goes on", PATRONI);
export const stopPostmaster = stopping("stop-postmaster", "PostgreSQL's postmaster stands still on the primary", POSTMASTER);

export const killPostmaster: Fault = {
  id: "kill-postmaster",
  title: "PostgreSQL crashes on the primary, Patroni lives",
  available: twoNodes,
  targets: primary,
  inject: (cluster, targets) => onAll(targets, (node) => hitProcesses(cluster, node, "KILL", POSTMASTER)),
  heal: async () => undefined,
};

/** As many sessions as are killed at once. */
const BACKENDS = 3;

/** PostgreSQL cannot know what a process that was killed has left in shared memory: it ends every session and recovers. */
export const killBackends: Fault = {
  id: "kill-backends",
  title: "Some client sessions' processes are killed on the primary",
  available: () => null,
  targets: primary,
  inject: async (cluster) => {
    const node = await primaryOf(cluster);
    const clients = `SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND client_addr IS NOT NULL
      ORDER BY random() LIMIT ${BACKENDS}`;
    const ids = await localQuery(cluster, node, clients);
    // Some may have ended since they were asked for.
    if ((await signalById(cluster, node, "KILL", ids)) === 0) throw new Error(`${node.name} has no client`);
  },
  heal: async () => undefined,
};
