import { DAEMON_USERS, type Member, type NodeRole, type Topology, CERTIFICATES, PORTS } from "@matriarch/topology";
import { PACKAGES } from "../../packages.ts";

/** What a container of each kind needs beyond what all have. */
interface ContainerRow {
  /** The command of the health check, told by the shell of the container. */
  readonly health: (member: Member) => string;
  /** Seconds that the first start may take before a failed check counts. */
  readonly startPeriod: number;
  /** Kinds that have to be healthy before the first start. */
  readonly after: readonly NodeRole[];
}

const CONTAINERS: Record<NodeRole, ContainerRow> = {
  etcd: {
    // Healthy means a quorum that answers, and authentication on: what Patroni needs.
    health: ({ layout }) =>
      `test -e ${layout.run}/auth-enabled && curl -fsS http://127.0.0.1:${PORTS.etcdMetrics}/health | grep -q '"health":"true"'`,
    startPeriod: 60,
    after: [],
  },
  postgresql: {
    // Ready: the leader with its lock, or a standby that runs and follows.
    health: ({ layout: { pki } }) =>
      `curl -fsS -o /dev/null --cacert ${pki}/cluster-ca.crt --cert ${pki}/${CERTIFICATES.postgresql.restClient}.crt --key ${pki}/${CERTIFICATES.postgresql.restClient}.key https://localhost:${PORTS.patroni}/readiness`,
    startPeriod: 120,
    after: ["etcd"],
  },
  haproxy: {
    health: ({ layout: { pki } }) => `curl -fsS -o /dev/null --cacert ${pki}/cluster-ca.crt https://localhost:${PORTS.stats}/healthz`,
    startPeriod: 15,
    after: ["postgresql"],
  },
  pgbouncer: {
    health: ({ layout: { run } }) => `pg_isready --quiet --host ${run} --port ${PORTS.pgbouncer} --dbname pgbouncer`,
    startPeriod: 15,
    after: ["haproxy"],
  },
};

/** Shared memory beside the buffers: parallel queries and the statistics; Docker's 64 MiB is too little. */
function sharedMemoryKib(member: Member): number {
  return member.kind === "postgresql" ? Math.floor(member.memoryKib / 4) : 0;
}

function tmpfs(member: Member): string[] {
  const { id } = DAEMON_USERS[member.kind];
  return [`${member.layout.run}:uid=${id},gid=${id},mode=0700,size=64m`, `/tmp:uid=${id},gid=${id},mode=0700,size=64m`];
}

const BY_KIND: ReadonlyMap<NodeRole, (typeof PACKAGES)[number]> = new Map(PACKAGES.map((daemon) => [daemon.kind, daemon]));

/** What the member's own package knows of how its daemon runs. */
function daemonOf({ kind }: Member): (typeof PACKAGES)[number] {
  const daemon = BY_KIND.get(kind);
  if (daemon === undefined) throw new RangeError(`no package renders ${kind}`);
  return daemon;
}

function restrictions(topology: Topology, member: Member) {
  const shm = sharedMemoryKib(member);
  const daemon = daemonOf(member);
  // Docker's own limit may be 1024.
  const files = daemon.descriptors?.(topology);
  return {
    user: `${DAEMON_USERS[member.kind].id}:${DAEMON_USERS[member.kind].id}`,
    read_only: true,
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
    mem_limit: `${member.memoryKib}k`,
    // No swap: a database that swaps is slower than one that is restarted.
    memswap_limit: `${member.memoryKib}k`,
    cpus: member.cpus,
    pids_limit: daemon.processes(topology, member),
    ...(files === undefined ? {} : { ulimits: { nofile: { soft: files, hard: files } } }),
    ...(shm === 0 ? {} : { shm_size: `${shm}k` }),
    tmpfs: tmpfs(member),
  };
}

function mounts(member: Member) {
  const bind = (source: string, target: string) => ({ type: "bind", source, target, read_only: true, bind: { create_host_path: false } });
  return [
    // The folder above the symbolic link, so that a reload follows it to the newest generation.
    bind("./rendered", "/etc/matriarch/rendered"),
    bind(`./pki/${member.name}`, member.layout.pki),
    bind(`./secrets/${member.name}`, member.layout.secrets),
    ...(KEEPS_DATA[member.kind] ? [{ type: "volume", source: member.volume, target: member.layout.volume }] : []),
  ];
}

export const KEEPS_DATA: Record<NodeRole, boolean> = { etcd: true, postgresql: true, haproxy: false, pgbouncer: false };

function dependencies(topology: Topology, member: Member) {
  const names = CONTAINERS[member.kind].after.flatMap((kind) => topology[kind].map(({ name }) => name));
  return Object.fromEntries(names.map((name) => [name, { condition: "service_healthy" }]));
}

/**
 * Only the first member of a kind builds the image that all of its kind run. Compose labels an image with the service it
 * builds for: built once for each, the same name would go to another image every time, and every container be made anew.
 */
function buildOf(topology: Topology, { kind, name }: Member) {
  return topology[kind][0]?.name === name ? { build: { context: `./rendered/current/images/${kind}` } } : {};
}

/** The compose service of one member. `peers` are the lines of its hosts file: no name is looked up at a failover. */
export function containerOf(topology: Topology, member: Member, peers: readonly { name: string; address: string }[]) {
  const row = CONTAINERS[member.kind];
  return {
    image: imageName(topology, member.kind),
    ...buildOf(topology, member),
    pull_policy: "never",
    container_name: `${topology.scope}-${member.name}`,
    hostname: member.name,
    // What other tools tell a member by: they read this file, not the topology.
    labels: { "matriarch.role": member.kind, "matriarch.datacenter": member.datacenter, "matriarch.instance": member.instance },
    command: [member.layout.config],
    restart: "unless-stopped",
    stop_grace_period: `${daemonOf(member).stopGrace(topology, member)}s`,
    ...restrictions(topology, member),
    networks: Object.fromEntries(Object.entries(member.addresses).map(([network, address]) => [network, { ipv4_address: address }])),
    // A list: in a mapping compose takes a name that starts with x- for an extension of its own, and fails.
    extra_hosts: peers.map(({ name, address }) => `${name}:${address}`),
    ports: member.published.map(({ hostAddress, hostPort, port }) => `${hostAddress}:${hostPort}:${port}`),
    volumes: mounts(member),
    depends_on: dependencies(topology, member),
    healthcheck: {
      test: ["CMD-SHELL", row.health(member)],
      interval: "5s",
      timeout: "4s",
      retries: 3,
      start_period: `${row.startPeriod}s`,
    },
    logging: { driver: "json-file", options: { "max-size": "20m", "max-file": "5" } },
  };
}

/** One image for each kind and cluster; built here, never pulled. */
export function imageName(topology: Topology, kind: NodeRole): string {
  return `matriarch/${topology.scope}-${kind}:latest`;
}
