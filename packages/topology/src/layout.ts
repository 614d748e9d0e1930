import type { NodeRole } from "./roles.ts";

/** What can run a cluster. */
export const TARGETS = ["compose"] as const;
/** One of `TARGETS`. */
export type Target = (typeof TARGETS)[number];

/** Where a daemon finds its files. Renderers write these paths; a target mounts or installs what is behind them. */
export interface Layout {
  /** Rendered configuration of this member. Follows a symbolic link, so that a reload reads the newest. */
  readonly config: string;
  readonly pki: string;
  readonly secrets: string;
  /** The volume that survives the daemon. */
  readonly volume: string;
  /** The daemon's own data directory, inside the volume: it can be moved and removed, a mount point cannot. */
  readonly data: string;
  /** Sockets and generated files; emptied by a restart. */
  readonly run: string;
}

const VOLUMES: Record<NodeRole, { volume: string; data: string; run: string }> = {
  etcd: { volume: "/var/lib/etcd", data: "/var/lib/etcd/member-data", run: "/run/etcd" },
  postgresql: { volume: "/var/lib/postgresql", data: "/var/lib/postgresql/data", run: "/run/postgresql" },
  haproxy: { volume: "/var/lib/haproxy", data: "/var/lib/haproxy", run: "/run/haproxy" },
  pgbouncer: { volume: "/var/lib/pgbouncer", data: "/var/lib/pgbouncer", run: "/run/pgbouncer" },
};

/** The layout of one member, by target. */
export function layoutOf(target: Target, kind: NodeRole, member: string): Layout {
  switch (target) {
    case "compose":
      return {
        config: `/etc/matriarch/rendered/current/${member}`,
        pki: "/etc/matriarch/pki",
        secrets: "/etc/matriarch/secrets",
        ...VOLUMES[kind],
      };
  }
}

/** Ports the daemons listen on. They are fixed; what a host publishes is the topology's. */
export const PORTS = {
  etcd: 2379,
  etcdPeer: 2380,
  /** Plain HTTP on the loopback only: health and metrics. */
  etcdMetrics: 2381,
  postgresql: 5432,
  patroni: 8008,
  rw: 5000,
  ro: 5001,
  stats: 7000,
  pgbouncer: 6432,
} as const;

/** Base names of the certificates in a member's `pki` folder: `<name>.crt` and `<name>.key`. */
export const CERTIFICATES = {
  etcd: { server: "server", peer: "peer" },
  postgresql: {
    server: "server",
    rest: "rest",
    restClient: "rest-client",
    etcdClient: "etcd-client",
    replication: "replication",
    rewind: "rewind",
  },
  haproxy: { stats: "stats", restClient: "rest-client" },
  pgbouncer: { server: "server", lookup: "lookup" },
} as const;

/** Base names of the authorities: `<name>.crt` beside the certificates that they signed or are checked against. */
export const AUTHORITIES = {
  /** Servers and clients of PostgreSQL, Patroni, HAProxy and PgBouncer. */
  cluster: "cluster-ca",
  /** etcd's client port: a certificate of the cluster's applications is worth nothing there. */
  etcd: "etcd-ca",
  /** etcd's peer port: a client of etcd cannot join as a member. */
  etcdPeer: "etcd-peer-ca",
} as const;
/** One of the authorities, by its key in `AUTHORITIES`. */
export type Authority = keyof typeof AUTHORITIES;

/** The key pair that signs etcd's tokens; all members share it. */
export const ETCD_TOKEN_KEY = { private: "token.key", public: "token.pub" } as const;
