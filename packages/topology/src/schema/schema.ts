import { z } from "zod";
import { extensionNames, PLATFORMS, type PlatformId } from "../platform.ts";
import { MAINTENANCE_DATABASE, NODE_ROLES } from "../roles.ts";
import { TIMING_PRESETS, type TimingPreset } from "../timing.ts";
import { days, identifier, ipv4, line, name, parameterValue, port, size, source, subnet } from "./scalars.ts";

const platformIds = Object.keys(PLATFORMS) as [PlatformId, ...PlatformId[]];
const presets = Object.keys(TIMING_PRESETS) as [TimingPreset, ...TimingPreset[]];
const parameters = z.record(
  z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]*$/, "must be letters, digits, dots, hyphens and underscores"),
  parameterValue,
);

/** PostgreSQL keeps integers in four bytes. */
const LARGEST_INTEGER = 2 ** 31 - 1;

/** Any text: whether the platform has it is for a rule, which knows what was meant. The names are for editors. */
const extensions = (where: "every database" | "one database") => z.array(z.string().meta({ enum: extensionNames(where) })).default([]);

const postgresql = z.strictObject({
  version: z.int().default(17).describe("Major version of PostgreSQL."),
  extensions: extensions("every database").describe("Extensions created in every database, by their SQL name."),
  jit: z.boolean().default(false).describe("Keep LLVM in the image for just-in-time compilation."),
  max_connections: z.int().min(20).max(10000).optional().describe("Default: computed from the memory of the smallest node."),
});

const resources = z.strictObject({
  memory: size.optional().describe("Memory of the node; PostgreSQL is tuned from it."),
  cpus: z.number().min(0.1).max(1024).optional().describe("Processors of the node."),
});

const publish = z
  .strictObject({
    etcd: port.optional().describe("etcd's client port, on the loopback; not published by default."),
    postgresql: port.optional().describe("PostgreSQL itself, on the loopback, for the operator."),
    patroni: port.optional().describe("Patroni's REST API, on the loopback, for the operator."),
    rw: port.optional().describe("HAProxy's read-write port."),
    ro: port.optional().describe("HAProxy's read-only port."),
    stats: port.optional().describe("HAProxy's stats page."),
    pgbouncer: port.optional().describe("PgBouncer's port."),
  })
  .describe("Ports published on the host, where they differ from the defaults.");

const roleList = z.array(z.enum(NODE_ROLES).describe("What runs on the node.")).min(1);

const nodeInFull = z.strictObject({
  roles: roleList.describe("What runs on the node."),
  datacenter: name.optional().describe("Default: the first datacenter."),
  address: ipv4
    .optional()
    .describe("Its host number counts in every network; further roles take those after it. Default: counted up from 11."),
  promotable: z.boolean().default(true).describe("Whether Patroni may make it the primary."),
  synchronous: z.boolean().default(true).describe("Whether it may be a synchronous standby."),
  resources: resources.prefault({}).describe("What the node may use."),
  publish: publish.prefault({}),
});

const node = z
  .union([roleList.transform((roles) => nodeInFull.parse({ roles })), nodeInFull])
  .describe("A list of roles; or a mapping with `roles` and what differs from the defaults.");

const database = z
  .strictObject({
    owner: identifier.optional().describe("Default: a role with the database's name."),
    writers: z.array(identifier).default([]).describe("Roles that read and write the owner's tables."),
    readers: z.array(identifier).default([]).describe("Roles that read the owner's tables."),
    extensions: extensions("one database").describe("Extensions created in it, by their SQL name."),
    session_alias: z
      .boolean()
      .default(false)
      .describe("Offer `<database>_session` through PgBouncer as well: a connection for as long as the client stays, emptied after it."),
    slots: z
      .record(
        identifier,
        z.strictObject({ plugin: identifier.default("pgoutput").describe("Output plugin.") }).describe("A logical replication slot."),
      )
      .default({})
      .describe("Logical replication slots, by name; a failover keeps them."),
    subscribers: z
      .array(identifier)
      .default([])
      .describe("Roles that stream its changes (REPLICATION), past the pooler; they read the owner's tables."),
  })
  .describe("A database; `{}` takes every default.");

/** PgBouncer takes names of databases up to 63 characters (`MAX_DBNAME`). */
const LONGEST_WITH_SESSION = 63 - "_session".length;

const databases = z.record(identifier, database).superRefine((written, context) => {
  for (const [key, { session_alias }] of Object.entries(written)) {
    if (!session_alias || key.length <= LONGEST_WITH_SESSION) continue;
    const message = `needs a database's name of at most ${LONGEST_WITH_SESSION} characters: PgBouncer would not take ${key}_session`;
    context.addIssue({ code: "custom", path: [key, "session_alias"], message });
  }
  if (written[MAINTENANCE_DATABASE]?.owner === undefined) return;
  context.addIssue({
    code: "custom",
    path: [MAINTENANCE_DATABASE, "owner"],
    message: "cannot be chosen: the superuser owns this database",
  });
});

const role = z
  .strictObject({
    from: z
      .array(source)
      .min(1)
      .default(["0.0.0.0/0", "::/0"])
      .describe(
        "Networks it may connect from. PgBouncer holds each role to its own; HAProxy, to which TLS hides the role, to those of all roles.",
      ),
    connection_limit: z.int().min(1).max(LARGEST_INTEGER).optional().describe("Most connections at once."),
  })
  .describe("A role of the applications; `{}` takes every default.");

const replication = z.strictObject({
  mode: z
    .enum(["asynchronous", "synchronous", "quorum"])
    .default("asynchronous")
    .describe("Whether a commit waits for standbys, and for which."),
  synchronous_standbys: z.int().min(1).max(10).default(1).describe("How many standbys a commit waits for."),
  strict: z.boolean().default(false).describe("Refuse writes rather than go on without a synchronous standby."),
  max_lag_on_failover: size
    .optional()
    .describe(
      "A standby further behind is not promoted. Default: 1MiB where replication is asynchronous; else none, because the list of synchronous standbys says who may be.",
    ),
});

const reads = z.strictObject({
  max_lag: size.default("16MiB").describe("A replica further behind leaves the read-only port."),
  primary_as_fallback: z.boolean().default(true).describe("Whether the primary serves reads when no replica can."),
});

const seconds = z.int().min(0).max(3600);
const milliseconds = z.int().min(10).max(60000);
const timingInFull = z.strictObject({
  preset: z.enum(presets).default("normal").describe("Where the numbers not given come from."),
  ttl: seconds.optional().describe("Lifetime of the leader lease, in seconds."),
  loop_wait: seconds.optional().describe("Pause between two rounds of Patroni, in seconds."),
  retry_timeout: seconds.optional().describe("How long Patroni retries etcd and PostgreSQL, in seconds."),
  primary_start_timeout: seconds.optional().describe("How long a crashed primary may recover before a failover, in seconds."),
  check_interval_ms: milliseconds.optional().describe("HAProxy: pause between two checks."),
  check_fast_interval_ms: milliseconds.optional().describe("HAProxy: pause while a state is changing."),
  check_fall: z.int().min(1).max(10).optional().describe("HAProxy: failed checks that mark a server down."),
  check_rise: z.int().min(1).max(10).optional().describe("HAProxy: good checks that mark a server up."),
  etcd_heartbeat_ms: milliseconds.optional().describe("etcd: pause between two heartbeats of its leader."),
  etcd_election_ms: milliseconds.optional().describe("etcd: silence of its leader after which a new one is elected."),
});

const timing = z
  .union([z.enum(presets).transform((preset) => timingInFull.parse({ preset })), timingInFull])
  .describe("A preset; or a mapping with a preset and the numbers that differ from it.");

const caFiles = z.strictObject({
  certificate: line.min(1).describe("PEM file of the CA's certificate, relative to the topology file."),
  key: line.min(1).describe("PEM file of the CA's private key, relative to the topology file."),
});

const tls = z.strictObject({
  client_certificates: z.boolean().default(true).describe("Whether clients must present a certificate."),
  ca: z
    .union([z.literal("own"), caFiles])
    .default("own")
    .describe("`own`: Matriarch makes the cluster's CA; or the files of one that is brought along."),
  key_type: z.enum(["ecdsa-p256", "rsa-2048", "rsa-3072", "rsa-4096"]).default("ecdsa-p256").describe("Kind of every key pair."),
  names: z
    .array(z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, "must be a DNS name or an IPv4 address, in lower case"))
    .default([])
    .describe("More DNS names and addresses that clients dial."),
  lifetime: z
    .strictObject({ ca: days.default(3650), leaf: days.default(397) })
    .prefault({})
    .describe("Lifetimes of the certificates, in days."),
});

const pools = z.strictObject({
  mode: z.enum(["transaction", "session"]).default("transaction").describe("When a server connection goes back to its pool."),
  max_clients: z.int().min(1).max(1000000).default(1000).describe("Clients that one PgBouncer accepts."),
  size: z
    .int()
    .min(1)
    .max(1000000)
    .optional()
    .describe("Server connections for each alias and role. Default: what max_connections leaves, divided."),
});

const networks = z.strictObject({
  front: subnet.default("172.28.0.0/24").describe("Where clients reach HAProxy and PgBouncer."),
  database: subnet.default("172.28.1.0/24").describe("Replication, Patroni's API and clients that HAProxy passes through."),
  pooled: subnet
    .default("172.28.2.0/24")
    .describe("The pooler's connections behind HAProxy: a lane of their own, so that pg_hba can tell them apart."),
  dcs: subnet.default("172.28.3.0/24").describe("etcd."),
  operator: subnet.default("172.28.4.0/24").describe("Ports published on the host's loopback for the operator."),
});

/** What a person may write. Unknown keys are errors; every default is here or in `resolve`. */
export const topologySchema = z
  .strictObject({
    cluster: name.describe("Name of the cluster: Patroni's scope and the compose project."),
    platform: z.enum(platformIds).default("debian-13").describe("What the daemons are installed from."),
    target: z.enum(["compose"]).default("compose").describe("What runs the cluster."),
    dcs: z.enum(["etcd"]).default("etcd").describe("Where Patroni keeps the leader lease."),
    datacenters: z.array(name).min(1).default(["dc1"]).describe("Where nodes can be."),
    nodes: z.record(name, node).describe("The nodes, by name."),
    postgresql: postgresql.prefault({}).describe("PostgreSQL itself."),
    databases: databases
      .default({ app: { writers: [], readers: [], extensions: [], session_alias: false, slots: {}, subscribers: [] } })
      .describe("The databases, by name. Default: one, `app`."),
    roles: z.record(identifier, role).default({}).describe("The applications' roles, by name."),
    replication: replication.prefault({}).describe("How standbys follow the primary."),
    reads: reads.prefault({}).describe("What the read-only port serves."),
    on_dcs_loss: z.enum(["read-only", "failsafe"]).default("read-only").describe("What the primary does when etcd has no quorum."),
    timing: timing.prefault("normal"),
    tls: tls.prefault({}).describe("Certificates, and who must present one."),
    balancer: z
      .strictObject({
        admin_user: identifier.default("ha_admin").describe("User of HAProxy's stats page and API."),
        max_connections: z.int().min(10).max(1000000).default(4000).describe("Connections that one HAProxy carries at once."),
      })
      .prefault({})
      .describe("HAProxy."),
    pools: pools.prefault({}).describe("PgBouncer's pools."),
    networks: networks.prefault({}).describe("The networks, by trust zone."),
    publish_address: ipv4.default("127.0.0.1").describe("Host address on which HAProxy and PgBouncer are published."),
    parameters: z
      .strictObject({
        postgresql: parameters.default({}).describe("postgresql.conf"),
        patroni: parameters.default({}).describe("The dynamic configuration, top level."),
        etcd: parameters.default({}).describe("etcd's configuration file."),
        haproxy: parameters.default({}).describe("HAProxy's global section."),
        pgbouncer: parameters.default({}).describe("The [pgbouncer] section."),
      })
      .prefault({})
      .describe("Free parameters, by daemon."),
  })
  .describe("A Matriarch topology: one PostgreSQL high-availability cluster.");

/** A topology as written: optional things may be missing. */
export type WrittenTopology = z.input<typeof topologySchema>;
/** A topology that the schema accepted, with the schema's defaults. */
export type ParsedTopology = z.output<typeof topologySchema>;

/** JSON Schema (2020-12) of what a person may write, for editors and other tools. */
export function topologyJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(topologySchema, { io: "input", target: "draft-2020-12" });
  return { $schema, $id: "urn:matriarch:topology", title: "Matriarch topology", ...schema };
}
