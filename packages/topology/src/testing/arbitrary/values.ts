import fc from "fast-check";
import { topologySchema, type WrittenTopology } from "../../schema/schema.ts";
import { TIMING_PRESETS, type TimingPreset } from "../../timing.ts";
import { printableText } from "../texts.ts";

/** Names that every machine takes for itself, or that stand beside the members' folders in the bundle or the certificates. */
const RESERVED = ["localhost", "cluster", "images", "ca", "clients"];

/** Host names that a node may have. */
export const name: fc.Arbitrary<string> = fc
  .oneof(fc.stringMatching(/^[a-z]([a-z0-9-]{0,12}[a-z0-9])?$/), fc.constantFrom("node", "db-1", "pg1", "edge", "constructor"))
  .filter((text) => !RESERVED.includes(text));

/** Identifiers that neither PostgreSQL nor Matriarch keeps for itself: those end in no digit, or start with `pg_`. */
export const identifier: fc.Arbitrary<string> = fc
  .oneof(fc.stringMatching(/^[a-z_][a-z0-9_]{0,20}_[0-9]$/), fc.constantFrom("app", "shop", "report", "api", "constructor", "app_rw"))
  .filter((text) => !text.startsWith("pg_"));

const byte = fc.integer({ min: 0, max: 255 });
const group = fc.integer({ min: 1, max: 0xffff }).map((value) => value.toString(16));

/** Networks without host bits. */
export const source: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("0.0.0.0/0", "::/0", "::1/128", "10.0.0.0/8", "2001:db8::/32"),
  fc.tuple(byte, byte).map(([a, b]) => `10.${a}.${b}.0/24`),
  fc.tuple(byte, byte).map(([a, b]) => `192.168.${a}.${b}/32`),
  fc.tuple(group, group).map(([a, b]) => `2001:db8:${a}:${b}::/64`),
);

export const replicationLag: fc.Arbitrary<string> = fc.constantFrom("512KiB", "1MiB", "64MiB", "1GiB");

type WrittenTiming = NonNullable<WrittenTopology["timing"]>;

const preset = fc.constantFrom(...(Object.keys(TIMING_PRESETS) as TimingPreset[]));

/** Every number given, and the lease longer than one round and two retries. */
const timingInNumbers: fc.Arbitrary<WrittenTiming> = fc
  .record({
    loopWait: fc.integer({ min: 1, max: 10 }),
    retryTimeout: fc.integer({ min: 3, max: 20 }),
    slack: fc.integer({ min: 1, max: 30 }),
    primaryStartTimeout: fc.integer({ min: 0, max: 300 }),
    fastInterval: fc.integer({ min: 50, max: 1000 }),
    slowdown: fc.integer({ min: 1, max: 5 }),
    checks: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
    heartbeat: fc.integer({ min: 10, max: 500 }),
    heartbeats: fc.integer({ min: 5, max: 50 }),
  })
  .map((numbers) => ({
    ttl: Math.max(20, numbers.loopWait + 2 * numbers.retryTimeout + numbers.slack),
    loop_wait: numbers.loopWait,
    retry_timeout: numbers.retryTimeout,
    primary_start_timeout: numbers.primaryStartTimeout,
    check_interval_ms: numbers.fastInterval * numbers.slowdown,
    check_fast_interval_ms: numbers.fastInterval,
    check_fall: numbers.checks[0],
    check_rise: numbers.checks[1],
    etcd_heartbeat_ms: numbers.heartbeat,
    etcd_election_ms: numbers.heartbeat * numbers.heartbeats,
  }));

export const timing: fc.Arbitrary<WrittenTiming> = fc.oneof(
  preset,
  fc.record({ preset }),
  fc.record({ preset, ttl: fc.integer({ min: 61, max: 300 }) }),
  timingInNumbers,
);

export const tls: fc.Arbitrary<NonNullable<WrittenTopology["tls"]>> = fc.record(
  {
    client_certificates: fc.boolean(),
    ca: fc.constantFrom("own" as const, { certificate: "ca/own ca.crt", key: "ca/own ca.key" }),
    key_type: fc.constantFrom(...topologySchema.shape.tls.unwrap().shape.key_type.unwrap().options),
    names: fc.uniqueArray(fc.constantFrom("db.example", "192.0.2.7", "pg.internal.example"), { maxLength: 3 }),
    lifetime: fc.record({ ca: fc.integer({ min: 400, max: 36500 }), leaf: fc.integer({ min: 1, max: 400 }) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

/** Free parameters that no package keeps for itself, with values of every kind. */
export const parameters: fc.Arbitrary<NonNullable<WrittenTopology["parameters"]>> = fc.record(
  {
    postgresql: fc.record(
      {
        log_min_duration_statement: fc.constantFrom("250ms", 0),
        deadlock_timeout: fc.constant("2s"),
        log_checkpoints: fc.boolean(),
        "my.note": printableText,
      },
      { requiredKeys: [] },
    ),
    patroni: fc.record(
      { primary_stop_timeout: fc.integer({ min: 10, max: 90 }), member_slots_ttl: fc.constantFrom("2h", 0) },
      { requiredKeys: [] },
    ),
    etcd: fc.record(
      {
        "log-level": fc.constantFrom("info", "warn"),
        "snapshot-count": fc.constant(5000),
        "pre-vote": fc.boolean(),
        "experimental-distributed-tracing-service-name": printableText,
      },
      { requiredKeys: [] },
    ),
    haproxy: fc.record(
      { nbthread: fc.integer({ min: 1, max: 8 }), nosplice: fc.boolean(), "hard-stop-after": fc.constant("5m") },
      { requiredKeys: [] },
    ),
    pgbouncer: fc.record(
      {
        stats_period: fc.integer({ min: 10, max: 600 }),
        log_stats: fc.boolean(),
        server_check_query: printableText.map((text) => text.trim()),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
