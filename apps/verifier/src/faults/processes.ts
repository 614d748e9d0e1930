import type { BundleMember } from "../cluster/bundle.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { localQuery, primaryOf } from "../cluster/nodes.ts";
import { type Fault, onAll } from "./fault.ts";
import { primary, twoNodes } from "./targets.ts";

type ProcessSignal = "KILL" | "STOP" | "CONT";

/** Runs a shell's words that print a line for each process that got the signal; gives how many did. */
async function countSignalled(cluster: Cluster, node: BundleMember, words: readonly string[]): Promise<number> {
  const { exitCode, stdout, stderr } = await cluster.alter(node, ["sh", "-c", ...words]);
  if (exitCode !== 0) throw new Error(`${node.name}: ${stderr}`);
  return stdout.split("\n").filter((line) => line !== "").length;
}

/** Sends a signal to processes of a node by their numbers, as their own user; gives how many were there to get it. */
export function signalById(cluster: Cluster, node: BundleMember, signal: ProcessSignal, ids: readonly string[]): Promise<number> {
  return countSignalled(cluster, node, ['for p; do kill -s "$0" "$p" && echo "$p"; done; true', signal, ...ids]);
}

/** Sends a signal to processes of a node by the beginning of their command line, as their own user; gives how many got it. */
export function signalProcesses(cluster: Cluster, node: BundleMember, signal: ProcessSignal, pattern: string): Promise<number> {
  // [p]attern: the shell that looks must not find itself.
  const found = `for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline 2>/dev/null | grep -q -- "$1" && kill -s "$0" "\${p#/proc/}" && echo "$p"; done; true`;
  return countSignalled(cluster, node, [found, signal, `[${pattern.charAt(0)}]${pattern.slice(1)}`]);
}

/** The same; throws when there is no such process: a fault that hits nobody proves nothing. */
export async function hitProcesses(cluster: Cluster, node: BundleMember, signal: ProcessSignal, pattern: string): Promise<void> {
  if ((await signalProcesses(cluster, node, signal, pattern)) === 0) throw new Error(`${node.name} has no process like ${pattern}`);
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
    heal: (cluster, targets) => onAll(targets, (node) => signalProcesses(cluster, node, "CONT", pattern)),
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
