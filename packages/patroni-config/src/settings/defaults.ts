import { AUTHORITIES, CERTIFICATES, type PostgresqlMember, type Topology } from "@matriarch/topology";
import type { ParameterValue } from "../model.ts";
import { memoryBudget, walBudget } from "./memory.ts";
import { formatSize } from "./size.ts";

/** The setting by which a client can tell which node answers it: behind a relay inet_server_addr() is the loopback's. */
const NODE_SETTING = "matriarch.node";

/** What one node's parameters are computed from. */
interface Node {
  readonly topology: Topology;
  readonly member: PostgresqlMember;
}

type Settings = Readonly<Record<string, (node: Node) => ParameterValue>>;

const memoryOf = ({ topology, member }: Node) => memoryBudget(member.memoryKib, topology.connections.maxConnections);
const walOf = ({ member }: Node) => walBudget(member.memoryKib);
const seconds = (value: number) => `${value}s`;

/** Workers for one query: half of the processors, at most four; more rarely pays (PostgreSQL wiki, pgtune). */
const gatherWorkers = ({ member }: Node) => Math.min(4, Math.floor(member.cpus / 2));

const IDENTITY: Settings = {
  [NODE_SETTING]: ({ member }) => member.name,
  unix_socket_directories: ({ member }) => member.layout.run,
  superuser_reserved_connections: ({ topology }) => topology.connections.superuserReserved,
  timezone: () => "UTC",
};

const TLS: Settings = {
  ssl: () => "on",
  ssl_cert_file: ({ member }) => `${member.layout.pki}/${CERTIFICATES.postgresql.server}.crt`,
  ssl_key_file: ({ member }) => `${member.layout.pki}/${CERTIFICATES.postgresql.server}.key`,
  ssl_ca_file: ({ member }) => `${member.layout.pki}/${AUTHORITIES.cluster}.crt`,
  ssl_min_protocol_version: () => "TLSv1.2",
  // TLS 1.2 with forward secrecy and authenticated encryption only; TLS 1.3 has nothing weaker.
  ssl_ciphers: () => "ECDHE+AESGCM:ECDHE+CHACHA20",
  password_encryption: () => "scram-sha-256",
};

const MEMORY: Settings = {
  shared_buffers: (node) => formatSize(memoryOf(node).sharedBuffers),
  effective_cache_size: (node) => formatSize(memoryOf(node).effectiveCache),
  work_mem: (node) => formatSize(memoryOf(node).workMem),
  maintenance_work_mem: (node) => formatSize(memoryOf(node).maintenanceWorkMem),
};

const PLANNER: Settings = {
  // Flash storage: a random page costs little more than the next one, and many requests go in parallel.
  random_page_cost: () => 1.1,
  effective_io_concurrency: () => 200,
  max_parallel_workers: ({ member }) => Math.floor(member.cpus),
  max_parallel_workers_per_gather: gatherWorkers,
  max_parallel_maintenance_workers: gatherWorkers,
  jit: ({ topology }) => (topology.jit ? "on" : "off"),
};

const WAL: Settings = {
  max_wal_size: (node) => formatSize(walOf(node).max),
  min_wal_size: (node) => formatSize(walOf(node).min),
  // Full pages shrink to about a third, which replication to another datacenter feels; lz4 costs almost no time.
  wal_compression: () => "lz4",
  // Fewer full pages than every 5 minutes; not longer, because a crashed primary replays this much before it serves.
  checkpoint_timeout: () => "10min",
  // A standby that never returns costs its slot, not the primary's disk; it then has to be built anew.
  max_slot_wal_keep_size: (node) => formatSize(walOf(node).keepForSlots),
};

const REPLICATION: Settings = {
  // A synchronous standby whose host vanishes holds commits until its connection is given up (at most this long, or
  // ttl when its Patroni is silent as well) and Patroni names another in its next round (loop_wait). It is the time
  // for which the cluster bears with a silent network elsewhere, too.
  wal_sender_timeout: ({ topology }) => seconds(topology.waits.walSender),
  wal_receiver_timeout: ({ topology }) => seconds(topology.timing.retryTimeout),
  // After a failover a standby asks the new primary again this often; the default of 5 s delays synchronous commits.
  wal_retrieve_retry_interval: ({ topology }) => seconds(topology.waits.walRetrieve),
  // A shutdown waits for every connection that has not said yet who it is: with the usual minute, a demotion took a minute.
  authentication_timeout: ({ topology }) => seconds(topology.waits.authentication),
  // The read-only port serves standbys: vacuum on the primary must not cancel their queries. The price is bloat while a
  // long query runs there, which the limits on idle transactions and on slots bound.
  hot_standby_feedback: () => "on",
};

const SESSIONS: Settings = {
  // A peer that vanished without a word (host or network gone) is noticed within a minute, its locks released.
  tcp_keepalives_idle: () => "30s",
  tcp_keepalives_interval: () => "10s",
  tcp_keepalives_count: () => 3,
  tcp_user_timeout: () => "60s",
  // A query whose client is gone is stopped instead of finished.
  client_connection_check_interval: () => "10s",
  // A forgotten transaction holds locks, a pooled connection and vacuum's horizon. There is no limit for statements:
  // how long a report may run is the application's to say.
  idle_in_transaction_session_timeout: () => "10min",
};

const AUTOVACUUM: Settings = {
  // Sooner than at 20 % and 10 % of a table: smaller rounds, and estimates that keep up.
  autovacuum_vacuum_scale_factor: () => 0.1,
  autovacuum_analyze_scale_factor: () => 0.05,
  // The default of 200 was made for spinning disks.
  autovacuum_vacuum_cost_limit: () => 1000,
};

const LOGGING: Settings = {
  // To standard error, which the container engine or the journal keeps; the root file system is read-only.
  log_destination: () => "stderr",
  logging_collector: () => "off",
  log_timezone: () => "UTC",
  log_line_prefix: () => "%m [%p] %q%u@%d %h %a ",
  log_connections: () => "on",
  log_disconnections: () => "on",
  log_lock_waits: () => "on",
  log_temp_files: () => "16MB",
  log_autovacuum_min_duration: () => "1min",
  // Never `ddl`: it would write the password of an ALTER ROLE that somebody types.
  log_statement: () => "none",
  track_io_timing: () => "on",
};

/** Parameters of the node's own file: a changed file and a reload put them in force. */
export const LOCAL_PARAMETERS: Settings = {
  ...IDENTITY,
  ...TLS,
  ...MEMORY,
  ...PLANNER,
  ...WAL,
  ...REPLICATION,
  ...SESSIONS,
  ...AUTOVACUUM,
  ...LOGGING,
};

/** Parameters that exist from a major version on. */
export const LOCAL_PARAMETERS_SINCE: Readonly<Record<number, Settings>> = {
  // Configuration comes from the topology; ALTER SYSTEM would override it, unseen, on one node.
  17: { allow_alter_system: () => "off" },
};

/** Extensions that work only when their library is loaded at the start: extension → library. */
export const PRELOADED_EXTENSIONS: ReadonlyMap<string, string> = new Map([["pg_stat_statements", "pg_stat_statements"]]);
