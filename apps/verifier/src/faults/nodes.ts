import type { BundleMember } from "../cluster/bundle.ts";
import { type Cluster, membersWith } from "../cluster/cluster.ts";
import { primaryOf, synchronousStandbyOf } from "../cluster/nodes.ts";
import { type Fault, freezing, killing, needs, onAll } from "./fault.ts";

const twoNodes: Fault["available"] = (facts) => needs(facts, "postgresql", 2);
const primary = async (cluster: Cluster): Promise<BundleMember[]> => [await primaryOf(cluster)];
const synchronousStandby = async (cluster: Cluster): Promise<BundleMember[]> => [await synchronousStandbyOf(cluster)];

/** A replica that no commit waits for. */
async function otherReplica(cluster: Cluster): Promise<BundleMember[]> {
  const busy = [await primaryOf(cluster), await synchronousStandbyOf(cluster).catch(() => null)];
  const [replica] = membersWith(cluster.facts, "postgresql").filter((node) => !busy.includes(node));
  if (!replica) throw new Error("every node is the primary or its synchronous standby");
  return [replica];
}

/** Sends a signal to processes of a node by the beginning of their command line, as their own user. */
async function signalProcesses(cluster: Cluster, node: BundleMember, signal: "KILL" | "STOP" | "CONT", pattern: string): Promise<void> {
  // [p]attern: the shell that looks must not find itself.
  const found = `for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline 2>/dev/null | grep -q -- "$1" && kill -s "$0" "\${p#/proc/}"; done; true`;
  const hidden = `[${pattern.charAt(0)}]${pattern.slice(1)}`;
  const { exitCode, stderr } = await cluster.alter(node, ["sh", "-c", found, signal, hidden]);
  if (exitCode !== 0) throw new Error(`${node.name}: ${stderr}`);
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
    inject: (cluster, targets) => onAll(targets, (node) => signalProcesses(cluster, node, "STOP", pattern)),
    heal: (cluster, targets) => onAll(targets, (node) => signalProcesses(cluster, node, "CONT", pattern)),
  };
}

export const killPrimary = killing({ id: "kill-primary", title: "The primary's machine dies", available: twoNodes, targets: primary });

export const killPostmaster: Fault = {
  id: "kill-postmaster",
  title: "PostgreSQL crashes on the primary, Patroni lives",
  available: twoNodes,
  targets: primary,
  inject: (cluster, targets) => onAll(targets, (node) => signalProcesses(cluster, node, "KILL", POSTMASTER)),
  heal: async () => undefined,
};

export const switchover: Fault = {
  id: "switchover",
  title: "An operator moves the primary",
  available: twoNodes,
  targets: primary,
  inject: (cluster) => cluster.operate("switchover"),
  heal: async () => undefined,
};

export const killSynchronousStandby = killing({
  id: "kill-synchronous-standby",
  title: "The synchronous standby's machine dies",
  available: (facts) => (facts.replication === "synchronous" ? twoNodes(facts) : "replication is asynchronous"),
  targets: synchronousStandby,
});

export const killReplica = killing({
  id: "kill-replica",
  title: "A replica's machine dies that no commit waits for",
  available: (facts) => needs(facts, "postgresql", 3),
  targets: otherReplica,
});

export const killPrimaryAndStandby = killing({
  id: "kill-primary-and-standby",
  title: "The primary's and the synchronous standby's machines die together",
  available: (facts) => needs(facts, "postgresql", 3),
  targets: async (cluster) => [...(await primary(cluster)), ...(await synchronousStandby(cluster))],
});

export const freezePrimary = freezing({
  id: "freeze-primary",
  title: "The primary's machine stands still",
  available: twoNodes,
  targets: primary,
});

export const stopPatroni = stopping("stop-patroni", "Patroni stands still on the primary, PostgreSQL goes on", PATRONI);
export const stopPostmaster = stopping("stop-postmaster", "PostgreSQL's postmaster stands still on the primary", POSTMASTER);
