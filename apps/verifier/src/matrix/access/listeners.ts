import { type NodeRole, PORTS } from "@matriarch/topology";
import type { Cluster } from "../../cluster/cluster.ts";
import { membersWith } from "../../cluster/cluster.ts";
import { listeningPorts } from "../../cluster/listening.ts";
import type { Sighting } from "../probe.ts";

/** Where each kind of member takes connections. */
export const LISTENS: Record<NodeRole, readonly number[]> = {
  etcd: [PORTS.etcd, PORTS.etcdPeer],
  postgresql: [PORTS.postgresql, PORTS.patroni],
  haproxy: [PORTS.rw, PORTS.ro, PORTS.stats],
  pgbouncer: [PORTS.pgbouncer],
};

/** Whether the members of a kind listen where they should, and nowhere else. */
export async function listening(cluster: Cluster, kind: NodeRole): Promise<Sighting> {
  const wrong: string[] = [];
  let found = 0;
  for (const member of membersWith(cluster.facts, kind)) {
    const ports = await listeningPorts(cluster, member);
    const known = LISTENS[kind].filter((port) => ports.includes(port));
    if (known.length === 0) throw new Error(`${member.name} seems to listen nowhere`);
    found += known.length;
    wrong.push(...ports.filter((port) => !known.includes(port)).map((port) => `${member.name} listens on port ${port} as well`));
  }
  return { wrong, evidence: { "listening ports": found } };
}
