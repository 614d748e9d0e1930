import type { BundleFacts, BundleMember } from "../cluster/bundle.ts";
import { membersWith } from "../cluster/cluster.ts";
import type { Looks } from "../cluster/looks.ts";
import { primaryOf, synchronousStandbyOf } from "../cluster/nodes.ts";
import { type Fault, needs } from "./fault.ts";

export const twoNodes: Fault["available"] = (facts) => needs(facts, "postgresql", 2);

/** Commits have to wait for a standby. */
export const synchronousNodes: Fault["available"] = (facts) =>
  facts.replication === "synchronous" ? twoNodes(facts) : "replication is asynchronous";

export async function primary(cluster: Looks): Promise<BundleMember[]> {
  return [await primaryOf(cluster)];
}

export async function synchronousStandby(cluster: Looks): Promise<BundleMember[]> {
  return [await synchronousStandbyOf(cluster)];
}

/** A replica that no commit waits for. */
export async function otherReplica(cluster: Looks): Promise<BundleMember[]> {
  const busy = [await primaryOf(cluster), await synchronousStandbyOf(cluster).catch(() => null)];
  const [replica] = membersWith(cluster.facts, "postgresql").filter((node) => !busy.includes(node));
  if (!replica) throw new Error("every node is the primary or its synchronous standby");
  return [replica];
}

/** The nodes of which any may be the primary and, where replication is synchronous, the standby that it waits for. */
export function successorsIn({ members, promises }: BundleFacts): BundleMember[] {
  const { neverPromoted, neverSynchronous, mode } = promises.replication;
  const excluded = [...neverPromoted, ...(mode === "asynchronous" ? [] : neverSynchronous)];
  return members.filter(({ name, role }) => role === "postgresql" && !excluded.includes(name));
}

/** The primary, and who may take over from it. */
export async function primaryAndSuccessor(cluster: Looks): Promise<BundleMember[]> {
  const old = await primaryOf(cluster);
  const [standby] = successorsIn(cluster.facts).filter((node) => node !== old);
  if (!standby) throw new Error(`nobody may take over from ${old.name}`);
  return [old, await synchronousStandbyOf(cluster).catch(() => standby)];
}

export const twoSuccessors: Fault["available"] = (facts) => (successorsIn(facts).length >= 2 ? null : "only one node may be the primary");
