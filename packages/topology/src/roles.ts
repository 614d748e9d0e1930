/** What a node can be. The order is the order of start: each needs those before it. */
export const NODE_ROLES = ["etcd", "postgresql", "haproxy", "pgbouncer"] as const;
/** One of `NODE_ROLES`. */
export type NodeRole = (typeof NODE_ROLES)[number];

/** The database that every cluster has; the superuser owns it. */
export const MAINTENANCE_DATABASE = "postgres";

/** PostgreSQL roles that Matriarch makes and owns; a topology cannot declare them. */
export const SYSTEM_ROLES = {
  /** Accepted on its own node only. */
  superuser: "postgres",
  /** Streams WAL; certificate only. */
  replication: "replicator",
  /** Runs pg_rewind after a failover; certificate only. */
  rewind: "rewinder",
  /** PgBouncer's auth_query; certificate only, no password. */
  lookup: "pgbouncer",
  /** Reads statistics (`pg_monitor`). */
  monitor: "monitor",
} as const;

/** Users of the daemons that are not PostgreSQL roles. */
export const SERVICE_USERS = {
  /** etcd's superuser: its name is fixed by etcd. */
  etcdRoot: "root",
  etcdPatroni: "patroni",
  patroniRest: "patroni",
  pgbouncerConsole: "pgbouncer_admin",
} as const;

/** Folder of all clusters in the DCS; a cluster's own is `<namespace><scope>/`. Patroni writes there, and may nowhere else. */
export const DCS_NAMESPACE = "/service/";
