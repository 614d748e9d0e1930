import { DAEMON_USERS, type NodeRole, PORTS } from "@matriarch/topology";
import type { BundleMember } from "../../cluster/bundle.ts";
import { type Cluster, memberWith, membersWith } from "../../cluster/cluster.ts";
import { reachableFrom } from "../../cluster/listening.ts";
import { processesOf } from "../../cluster/processes.ts";
import type { Probe, Sighting } from "../probe.ts";
import { together } from "./door.ts";
import { LISTENS } from "./listeners.ts";

/** Whether a member's processes are what its daemon may be, and could become nothing more. */
export async function unprivileged(cluster: Cluster, member: BundleMember): Promise<Sighting> {
  const { id } = DAEMON_USERS[member.role];
  const all = await processesOf(cluster, member);
  const wrong = all.flatMap(({ arguments: command, users, capabilities, noNewPrivileges, filtered }) => {
    const name = `${member.name}: "${command.trim().slice(0, 60)}"`;
    return [
      ...(users.every((user) => user === id) ? [] : [`${name} runs as ${users.join(", ")}, not ${id}`]),
      ...(capabilities === 0n ? [] : [`${name} has capabilities`]),
      ...(noNewPrivileges ? [] : [`${name} may gain privileges`]),
      ...(filtered ? [] : [`${name} may call everything in the kernel`]),
    ];
  });
  return { wrong, evidence: { processes: all.length } };
}

/** What no process of a member may write, and what its daemon has to. */
const FIXED = ["/", "/etc", "/usr/local/bin", "/etc/matriarch/rendered", "/etc/matriarch/pki", "/etc/matriarch/secrets"];
const VOLATILE = "/tmp";

/** Folders of these in which a file can be made, one a line. */
const WRITABLE = 'for folder; do (touch "$folder/access") 2>/dev/null && rm "$folder/access" && echo "$folder"; done; true';

async function files(cluster: Cluster, member: BundleMember): Promise<Sighting> {
  const { stdout } = await cluster.run(member, ["sh", "-c", WRITABLE, "write", VOLATILE, ...FIXED]);
  const writable = stdout.split("\n");
  if (!writable.includes(VOLATILE)) throw new Error(`${member.name} cannot even write ${VOLATILE}`);
  const mounts = (await cluster.run(member, ["cat", "/proc/mounts"])).stdout.split("\n").map((line) => line.split(" "));
  const root = mounts.find(([, target]) => target === "/")?.[3] ?? "";
  return {
    wrong: [
      ...FIXED.filter((folder) => writable.includes(folder)).map((folder) => `${member.name} can write ${folder}`),
      ...(root.split(",").includes("ro") ? [] : [`the root of ${member.name} is mounted to be written`]),
    ],
    evidence: { folders: FIXED.length },
  };
}

async function limits(cluster: Cluster, member: BundleMember): Promise<Sighting> {
  const { memory, memoryAndSwap, processors, processes: threads } = await cluster.confinement(member);
  const unlimited = Object.entries({ memory, processors, processes: threads }).filter(([, limit]) => limit === 0);
  return {
    wrong: [
      ...unlimited.map(([name]) => `${member.name} has no limit on ${name}`),
      ...(memoryAndSwap === memory ? [] : [`${member.name} may swap`]),
    ],
    evidence: { limits: 4 },
  };
}

const users: Probe = {
  id: "access-container-users",
  text: "No process is root, has a capability or can gain one; the root file system is read-only; memory, processors and processes are limited.",
  look: async (cluster) => {
    const sightings = cluster.facts.members.flatMap((member) => [unprivileged, files, limits].map((look) => look(cluster, member)));
    return together(await Promise.all(sightings));
  },
};

/** What of each kind may be published, and whether to this machine alone. */
const PUBLISHED: Record<NodeRole, { readonly ports: readonly number[]; readonly loopback: boolean }> = {
  etcd: { ports: [PORTS.etcd], loopback: true },
  postgresql: { ports: LISTENS.postgresql, loopback: true },
  haproxy: { ports: LISTENS.haproxy, loopback: false },
  pgbouncer: { ports: LISTENS.pgbouncer, loopback: false },
};

const EVERY_ADDRESS = ["", "0.0.0.0", "::"];

async function published(cluster: Cluster, member: BundleMember): Promise<Sighting> {
  const inForce = (await cluster.confinement(member)).published;
  const written = [...member.published].map(([port, { host, port: hostPort }]) => `${host}:${hostPort} → ${port}`).toSorted();
  const { ports, loopback } = PUBLISHED[member.role];
  const unasked = inForce
    .filter((line) => !written.includes(line))
    .map((line) => `${member.name} publishes ${line}, which its bundle does not`);
  const missing = written.filter((line) => !inForce.includes(line)).map((line) => `${member.name} does not publish ${line}`);
  const misplaced = [...member.published].flatMap(([port, { host }]) => [
    ...(ports.includes(port) ? [] : [`${member.name} publishes its port ${port}`]),
    ...(EVERY_ADDRESS.includes(host) ? [`port ${port} of ${member.name} is published on every address`] : []),
    ...(loopback && !host.startsWith("127.") ? [`port ${port} of ${member.name} is published on ${host}, not on the loopback`] : []),
  ]);
  return { wrong: [...unasked, ...missing, ...misplaced], evidence: { "published ports": inForce.length } };
}

/** What members of a kind offer to those who may reach them. */
function targetsOf(cluster: Cluster, kind: NodeRole): string[] {
  return membersWith(cluster.facts, kind).flatMap(({ addresses }) =>
    [...addresses.values()].flatMap((address) => LISTENS[kind].map((port) => `${address}:${port}`)),
  );
}

/** The pooler is where the clients are, in the front network and in no other: what it reaches, they do. */
async function fromTheFront(cluster: Cluster): Promise<Sighting> {
  const inner = [...targetsOf(cluster, "postgresql"), ...targetsOf(cluster, "etcd")];
  const reached = await reachableFrom(cluster, memberWith(cluster.facts, "pgbouncer"), [...inner, ...targetsOf(cluster, "haproxy")]);
  const controls = {
    "the front": reached.filter((target) => !inner.includes(target)),
    "the balancer": await reachableFrom(cluster, memberWith(cluster.facts, "haproxy"), targetsOf(cluster, "postgresql")),
    "a node": await reachableFrom(cluster, memberWith(cluster.facts, "postgresql"), targetsOf(cluster, "etcd")),
  };
  const blind = Object.entries(controls).filter(([, targets]) => targets.length === 0);
  if (blind.length > 0) throw new Error(`nothing is reached from ${blind.map(([from]) => from).join(" and ")}`);
  return {
    wrong: reached.filter((target) => inner.includes(target)).map((target) => `${target} is reached from the clients' network`),
    evidence: { "inner ports": inner.length, "controls reached": Object.values(controls).flat().length },
  };
}

const ports: Probe = {
  id: "access-published-ports",
  text: "What is published is what the bundle says, on a named address; from the clients' network neither PostgreSQL, Patroni nor etcd is reached.",
  look: async (cluster) =>
    together([...(await Promise.all(cluster.facts.members.map((member) => published(cluster, member)))), await fromTheFront(cluster)]),
};

/** What must not be opened here. */
export const containersAccess: readonly Probe[] = [users, ports];
