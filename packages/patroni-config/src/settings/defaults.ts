import { AUTHORITIES, CERTIFICATES, type PostgresqlMember, type Topology } from "@matriarch/topology";
import type { Decision } from "./decision.ts";
import { memoryBudget, walBudget } from "./memory.ts";
import { formatSize } from "./size.ts";

/** The setting by which a client can tell which node answers it: behind a relay inet_server_addr() is the loopback's. */
const NODE_SETTING = "matriarch.node";

/** What one node's parameters are computed from. */
export interface NodeFacts {
  readonly topology: Topology;
  readonly member: PostgresqlMember;
}

type Decisions = readonly Decision<NodeFacts>[];

const memoryOf = ({ topology, member }: NodeFacts) => memoryBudget(member.memoryKib, topology.connections.maxConnections);
const walOf = ({ member }: NodeFacts) => walBudget(member.memoryKib);
const seconds = (value: number) => `${value}s`;

/** Workers for one query: half of the processors, at most four; more rarely pays (PostgreSQL wiki, pgtune). */
const gatherWorkers = ({ member }: NodeFacts) => Math.min(4, Math.floor(member.cpus / 2));

const IDENTITY: Decisions = [
  {
    key: NODE_SETTING,
    value: ({ member }) => member.name,
    why: "A client asks for it to learn which node answers: SHOW matriarch.node.",
  },
  { key: "unix_socket_directories", value: ({ member }) => member.layout.run },
  { key: "superuser_reserved_connections", value: ({ topology }) => topology.connections.superuserReserved },
  { key: "timezone", value: () => "UTC" },
];

const TLS: Decisions = [
  { key: "ssl", value: () => "on" },
  { key: "ssl_cert_file", value: ({ member }) => `${member.layout.pki}/${CERTIFICATES.postgresql.server}.crt` },
  { key: "ssl_key_file", value: ({ member }) => `${member.layout.pki}/${CERTIFICATES.postgresql.server}.key` },
  { key: "ssl_ca_file", value: ({ member }) => `${member.layout.pki}/${AUTHORITIES.cluster}.crt` },
  { key: "ssl_min_protocol_version", value: () => "TLSv1.2" },
  {
    key: "ssl_ciphers",
    value: () => "ECDHE+AESGCM:ECDHE+CHACHA20",
    why: "TLS 1.2 with forward secrecy and authenticated encryption only; TLS 1.3 has nothing weaker.",
  },
  { key: "password_encryption", value: () => "scram-sha-256" },
];

const MEMORY: Decisions = [
  {
    key: "shared_buffers",
    value: (node) => formatSize(memoryOf(node).sharedBuffers),
    why: "A quarter of the node's memory; half is for connections, an eighth for maintenance, an eighth for the rest.",
  },
  {
    key: "effective_cache_size",
    value: (node) => formatSize(memoryOf(node).effectiveCache),
    why: "What the planner may take to be cached; nothing is reserved for it.",
  },
  {
    key: "work_mem",
    value: (node) => formatSize(memoryOf(node).workMem),
    why: "So that it fits when half of the connections sort or hash at the same moment.",
  },
  { key: "maintenance_work_mem", value: (node) => formatSize(memoryOf(node).maintenanceWorkMem) },
];

const PLANNER: Decisions = [
  {
    key: "random_page_cost",
    value: () => 1.1,
    why: "Flash storage: a random page costs little more than the next one, and many requests go in parallel.",
  },
  { key: "effective_io_concurrency", value: () => 200 },
  { key: "max_parallel_workers", value: ({ member }) => Math.floor(member.cpus) },
  { key: "max_parallel_workers_per_gather", value: gatherWorkers, why: "Half of the processors, at most four: more rarely pays." },
  { key: "max_parallel_maintenance_workers", value: gatherWorkers },
  { key: "jit", value: ({ topology }) => (topology.jit ? "on" : "off") },
];

const WAL: Decisions = [
  { key: "max_wal_size", value: (node) => formatSize(walOf(node).max) },
  { key: "min_wal_size", value: (node) => formatSize(walOf(node).min) },
  {
    key: "wal_compression",
    value: () => "lz4",
    why: "Full pages shrink to about a third, which replication to another datacenter feels; lz4 costs almost no time.",
  },
  {
    key: "checkpoint_timeout",
    value: () => "10min",
    why: "Fewer full pages than every 5 minutes; not longer, because a crashed primary replays this much before it serves.",
  },
  {
    key: "max_slot_wal_keep_size",
    value: (node) => formatSize(walOf(node).keepForSlots),
    why: "A standby that never returns costs its slot, not the primary's disk; it then has to be built anew.",
  },
];

const REPLICATION: Decisions = [
  {
    // It is the time for which the cluster tolerates a silent network elsewhere, too.
    key: "wal_sender_timeout",
    value: ({ topology }) => seconds(topology.waits.walSender),
    why: "A synchronous standby whose host vanishes holds commits until its connection is given up, at most this long.",
  },
  { key: "wal_receiver_timeout", value: ({ topology }) => seconds(topology.timing.retryTimeout) },
  {
    key: "wal_retrieve_retry_interval",
    value: ({ topology }) => seconds(topology.waits.walRetrieve),
    why: "After a failover a standby asks the new primary again this often; the default of 5 s delays synchronous commits.",
  },
  {
    key: "authentication_timeout",
    value: ({ topology }) => seconds(topology.waits.authentication),
    why: "A shutdown waits for every connection that has not said yet who it is: with the usual minute, a demotion took a minute.",
  },
  {
    // The price is bloat while a long query runs there, which the limits on idle transactions and on slots bound.
    key: "hot_standby_feedback",
    value: () => "on",
    why: "The read-only port serves standbys: vacuum on the primary must not cancel their queries.",
  },
];

const SESSIONS: Decisions = [
  {
    key: "tcp_keepalives_idle",
    value: () => "30s",
    why: "A peer that vanished without a word (host or network gone) is noticed within a minute, its locks released.",
  },
  { key: "tcp_keepalives_interval", value: () => "10s" },
  { key: "tcp_keepalives_count", value: () => 3 },
  { key: "tcp_user_timeout", value: () => "60s" },
  { key: "client_connection_check_interval", value: () => "10s", why: "A query whose client is gone is stopped instead of finished." },
  {
    // There is no limit for statements: how long a report may run is the application's to say.
    key: "idle_in_transaction_session_timeout",
    value: () => "10min",
    why: "A forgotten transaction holds locks, a pooled connection and vacuum's horizon.",
  },
];

const AUTOVACUUM: Decisions = [
  {
    key: "autovacuum_vacuum_scale_factor",
    value: () => 0.1,
    why: "Sooner than at 20 % and 10 % of a table: smaller rounds, and estimates that keep up.",
  },
  { key: "autovacuum_analyze_scale_factor", value: () => 0.05 },
  { key: "autovacuum_vacuum_cost_limit", value: () => 1000, why: "The default of 200 was made for spinning disks." },
];

const LOGGING: Decisions = [
  {
    key: "log_destination",
    value: () => "stderr",
    why: "To standard error, which the container engine or the journal keeps; the root file system is read-only.",
  },
  { key: "logging_collector", value: () => "off" },
  { key: "log_timezone", value: () => "UTC" },
  { key: "log_line_prefix", value: () => "%m [%p] %q%u@%d %h %a " },
  { key: "log_connections", value: () => "on" },
  { key: "log_disconnections", value: () => "on" },
  { key: "log_lock_waits", value: () => "on" },
  { key: "log_temp_files", value: () => "16MB" },
  { key: "log_autovacuum_min_duration", value: () => "1min" },
  { key: "log_statement", value: () => "none", why: "Never ddl: it would write the password of an ALTER ROLE that somebody types." },
  { key: "track_io_timing", value: () => "on" },
];

/** Parameters that some of the versions do not have. */
const NEWER: Decisions = [
  {
    key: "allow_alter_system",
    value: () => "off",
    why: "Configuration comes from the topology; ALTER SYSTEM would override it, unseen, on one node.",
  },
];

/** Parameters of the node's own file, in its order. */
export const LOCAL: Decisions = [
  ...IDENTITY,
  ...TLS,
  ...MEMORY,
  ...PLANNER,
  ...WAL,
  ...REPLICATION,
  ...SESSIONS,
  ...AUTOVACUUM,
  ...LOGGING,
  ...NEWER,
];
