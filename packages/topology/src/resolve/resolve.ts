import { assignIdentities } from "../ledger/assign.ts";
import { EMPTY_LEDGER, type Ledger } from "../ledger/ledger.ts";
import { PLATFORMS } from "../platform.ts";
import { kibibytes } from "../schema/scalars.ts";
import type { ParsedTopology } from "../schema/schema.ts";
import { type Timing, TIMING_PRESETS } from "../timing.ts";
import { resolveConnections } from "./connections.ts";
import { resolveAliases, resolveDatabases, resolveLogins, resolveSlots } from "./databases.ts";
import { resolveExtensions } from "./extensions.ts";
import { resolveMembers, resolveNodes, resolvePgbouncer, resolvePostgresql } from "./members.ts";
import type { Topology } from "./topology.ts";
import { resolveWaits } from "./waits.ts";
import { resolveLagLimit } from "./lag-limit.ts";

function resolveTiming(written: ParsedTopology["timing"]): Timing {
  const preset = TIMING_PRESETS[written.preset];
  return {
    ttl: written.ttl ?? preset.ttl,
    loopWait: written.loop_wait ?? preset.loopWait,
    retryTimeout: written.retry_timeout ?? preset.retryTimeout,
    primaryStartTimeout: written.primary_start_timeout ?? preset.primaryStartTimeout,
    checkIntervalMs: written.check_interval_ms ?? preset.checkIntervalMs,
    checkFastIntervalMs: written.check_fast_interval_ms ?? preset.checkFastIntervalMs,
    checkFall: written.check_fall ?? preset.checkFall,
    checkRise: written.check_rise ?? preset.checkRise,
    etcdHeartbeatMs: written.etcd_heartbeat_ms ?? preset.etcdHeartbeatMs,
    etcdElectionMs: written.etcd_election_ms ?? preset.etcdElectionMs,
  };
}

/**
 * Puts every default, address, name and number in place. Total: whatever the schema accepted resolves, also what
 * the rules will refuse, so that all findings can be told at once.
 * @param given what members were given before; who is not in it is new
 */
export function resolve(parsed: ParsedTopology, given: Ledger = EMPTY_LEDGER): Topology {
  const ledger = assignIdentities(parsed, given);
  const timing = resolveTiming(parsed.timing);
  const postgresql = resolvePostgresql(parsed, ledger);
  const haproxy = resolveMembers(parsed, ledger, "haproxy");
  const pgbouncer = resolvePgbouncer(parsed, ledger, haproxy);
  const databases = resolveDatabases(parsed);
  return {
    scope: parsed.cluster,
    ledger,
    platform: { id: parsed.platform, ...PLATFORMS[parsed.platform] },
    target: parsed.target,
    dcs: parsed.dcs,
    datacenters: parsed.datacenters,
    nodes: resolveNodes(parsed),
    etcd: resolveMembers(parsed, ledger, "etcd"),
    postgresql,
    haproxy,
    pgbouncer,
    networks: parsed.networks,
    publishAddress: parsed.publish_address,
    postgresqlVersion: parsed.postgresql.version,
    jit: parsed.postgresql.jit,
    databases,
    extensions: resolveExtensions(PLATFORMS[parsed.platform], parsed.postgresql.version, databases),
    logins: resolveLogins(parsed, databases),
    aliases: resolveAliases(databases),
    slots: resolveSlots(parsed),
    connections: resolveConnections(parsed, databases, postgresql, pgbouncer.length),
    pools: { mode: parsed.pools.mode, maxClients: parsed.pools.max_clients },
    replication: {
      mode: parsed.replication.mode,
      synchronousStandbys: parsed.replication.synchronous_standbys,
      strict: parsed.replication.strict,
      maxLagOnFailoverKib: resolveLagLimit(parsed.replication),
    },
    reads: { maxLagKib: kibibytes(parsed.reads.max_lag), primaryAsFallback: parsed.reads.primary_as_fallback },
    failsafe: parsed.on_dcs_loss === "failsafe",
    timing,
    waits: resolveWaits(parsed.parameters, timing),
    tls: {
      clientCertificates: parsed.tls.client_certificates,
      ca: parsed.tls.ca,
      keyType: parsed.tls.key_type,
      caDays: parsed.tls.lifetime.ca,
      leafDays: parsed.tls.lifetime.leaf,
      names: parsed.tls.names,
    },
    balancer: { adminUser: parsed.balancer.admin_user, maxConnections: parsed.balancer.max_connections },
    parameters: parsed.parameters,
  };
}
