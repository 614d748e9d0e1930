import { cpus, release, totalmem } from "node:os";
import path from "node:path";
import type { Cluster } from "../cluster/cluster.ts";
import { dynamicConfigOf, versionsOf } from "../cluster/facts-in-force.ts";
import type { ClusterRecord, RunHeader } from "./record.ts";

/** The cluster as it is in force when a run begins. Throws when it cannot be asked. */
export async function clusterRecord(cluster: Cluster): Promise<ClusterRecord> {
  const { facts } = cluster;
  const images = facts.members.map(async (member): Promise<[string, string]> => [member.name, await cluster.image(member)]);
  return {
    scope: facts.scope,
    example: path.basename(facts.directory),
    replication: facts.replication,
    timings: facts.timings,
    versions: await versionsOf(cluster),
    images: Object.fromEntries(await Promise.all(images)),
    patroniConfig: await dynamicConfigOf(cluster),
  };
}

/** What the run happens on. */
export function machineRecord(): RunHeader["machine"] {
  const processors = cpus();
  return {
    processors: `${processors.length} × ${processors[0]?.model.trim() ?? "unknown"}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    kernel: release(),
    node: process.version,
  };
}
