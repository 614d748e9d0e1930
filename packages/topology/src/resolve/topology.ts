import type { Ledger } from "../ledger/ledger.ts";
import type { Layout, Target } from "../layout.ts";
import type { Platform, PlatformId } from "../platform.ts";
import type { Extension, ExtensionGrant } from "../platforms/extension.ts";
import type { NodeRole } from "../roles.ts";
import type { ParsedTopology } from "../schema/schema.ts";
import type { Timing } from "../timing.ts";
import type { Waits } from "./waits.ts";

/** Networks by trust zone. */
export type NetworkName = keyof ParsedTopology["networks"];

/** What can be published on the host; the names that `publish` uses. */
export type PublishedService = keyof ParsedTopology["nodes"][string]["publish"];

/** A port of the host that leads to a member. */
export interface PublishedPort {
  readonly service: PublishedService;
  /** Variable of the environment file that overrides the port. */
  readonly variable: string;
  readonly hostAddress: string;
  readonly hostPort: number;
  readonly port: number;
}

/** A node as a person sees it: where it is, and what runs on it. */
export interface Node {
  readonly name: string;
  readonly roles: readonly NodeRole[];
  readonly datacenter: string;
  /** As stated; `null` when its members' addresses are counted up. */
  readonly address: string | null;
  /** As stated; `null` when each of its members has what its kind needs. */
  readonly memoryKib: number | null;
  /** Services whose ports the topology states. */
  readonly publishes: readonly PublishedService[];
}

/** One daemon on one node: a container, or a unit on a host. */
export interface Member<Kind extends NodeRole = NodeRole> {
  readonly kind: Kind;
  /** `<node>-<daemon>`: its key in the ledger. */
  readonly id: string;
  /**
   * Unique in the cluster: host name for its peers, container, folders of its files. Given once and kept in the ledger, as
   * `instance`, `volume` and the addresses are: it does not change with what else the node runs.
   */
  readonly name: string;
  /** What Patroni or etcd calls it: the node's name. */
  readonly instance: string;
  /** The volume of its data; of daemons that keep some. */
  readonly volume: string;
  readonly node: string;
  readonly datacenter: string;
  readonly addresses: Readonly<Partial<Record<NetworkName, string>>>;
  readonly memoryKib: number;
  readonly cpus: number;
  readonly layout: Layout;
  readonly published: readonly PublishedPort[];
}

/** A member that runs PostgreSQL, and what Patroni may do with it. */
export interface PostgresqlMember extends Member<"postgresql"> {
  readonly promotable: boolean;
  readonly synchronous: boolean;
}

/** A pooler and the balancer behind it. */
export interface PgbouncerMember extends Member<"pgbouncer"> {
  /** Name of the one HAProxy that it uses; `null` where there is none. */
  readonly balancer: string | null;
}

/** A database, and who has business in it. */
export interface Database {
  readonly name: string;
  /** `null`: the maintenance database, owned by the superuser. */
  readonly owner: string | null;
  readonly writers: readonly string[];
  readonly readers: readonly string[];
  readonly extensions: readonly string[];
  /** Roles that stream its changes. Sorted; none of them can use the pooler. */
  readonly subscribers: readonly string[];
  /** Whether PgBouncer offers it in session mode as well. */
  readonly sessionAlias: boolean;
  /** Every role that may connect through the pooler: owner, writers, readers and, where it has business, the monitor. Sorted. */
  readonly connectable: readonly string[];
}

/** An extension of the platform, and where it is wanted. */
export interface DeclaredExtension {
  readonly name: string;
  /** Package that carries it. */
  readonly package: string;
  /** Schema in which it is created; `fixed`: its control file names one; `null`: nothing is created. */
  readonly schema: Extension["schema"];
  /** Library to be loaded when the server starts; `null`: none. */
  readonly preload: string | null;
  /** The output plugin that it is; `null`: it is none. */
  readonly outputPlugin: string | null;
  /** Background workers that it takes. */
  readonly workers: number;
  /** Parameters that follow from where it is. */
  readonly parameters: Readonly<Record<string, string | number>>;
  /** Those of them that a topology cannot set otherwise. */
  readonly fixed: readonly string[];
  readonly grants: readonly ExtensionGrant[];
  /** Why it can be in one database only; `null`: it can be in any number. */
  readonly oneDatabase: string | null;
  /** Databases that name it, or name one that needs it. In the order of the topology. */
  readonly databases: readonly string[];
}

/** A PostgreSQL role that logs in with a password: those of the applications, and the monitor. */
export interface Login {
  readonly name: string;
  readonly system: boolean;
  /** Written under `roles`, or the owner that a database has by default; else only mentioned by a database. */
  readonly declared: boolean;
  /** Databases it may connect to, sorted. */
  readonly databases: readonly string[];
  /** Networks it may connect from, in CIDR notation. */
  readonly from: readonly string[];
  readonly connectionLimit: number | null;
  /** Whether it streams changes: PostgreSQL gives it REPLICATION, and PgBouncer does not let it in. */
  readonly replication: boolean;
  /** Variable of the environment file that holds its password. */
  readonly passwordVariable: string;
}

/** The balancer's read-write or read-only port. */
export type Route = "rw" | "ro";

/** A database name that PgBouncer offers; it chooses the balancer's port. */
export interface Alias {
  readonly name: string;
  readonly database: string;
  readonly route: Route;
  /** Whether a client keeps its server connection until it leaves, whatever the mode of the other pools. */
  readonly session: boolean;
}

/** A logical replication slot that Patroni keeps over a failover. Names are unique in the cluster. */
export interface LogicalSlot {
  readonly name: string;
  readonly database: string;
  readonly plugin: string;
}

/** How one server's connections are divided; all numbers are connections. */
export interface ConnectionBudget {
  readonly maxConnections: number;
  /** For the superuser: Patroni and the operator at the node. */
  readonly superuserReserved: number;
  /** For clients that go past the pooler. */
  readonly direct: number;
  /** Server connections that one alias and one role may hold in one PgBouncer. */
  readonly poolSize: number;
  /** All pools of all poolers, when every one is full and all aliases end at the same server. */
  readonly pooledAtMost: number;
}

/** A topology with every default, address, name and number in place. All that two renderers need is here. */
export interface Topology {
  readonly scope: string;
  /** What each member was given, those that left included. */
  readonly ledger: Ledger;
  readonly platform: Platform & { readonly id: PlatformId };
  readonly target: Target;
  readonly dcs: "etcd";
  readonly datacenters: readonly string[];
  /** In the order of the file. */
  readonly nodes: readonly Node[];
  readonly etcd: readonly Member<"etcd">[];
  readonly postgresql: readonly PostgresqlMember[];
  readonly haproxy: readonly Member<"haproxy">[];
  readonly pgbouncer: readonly PgbouncerMember[];
  readonly networks: Readonly<Record<NetworkName, string>>;
  readonly publishAddress: string;
  readonly postgresqlVersion: number;
  readonly jit: boolean;
  readonly databases: readonly Database[];
  /** Each after those that it needs. Names that the platform does not carry are left out: a rule refuses them. */
  readonly extensions: readonly DeclaredExtension[];
  readonly logins: readonly Login[];
  readonly aliases: readonly Alias[];
  /** Sorted by name. */
  readonly slots: readonly LogicalSlot[];
  readonly connections: ConnectionBudget;
  readonly pools: { readonly mode: "transaction" | "session"; readonly maxClients: number };
  readonly replication: {
    readonly mode: "asynchronous" | "synchronous" | "quorum";
    readonly synchronousStandbys: number;
    readonly strict: boolean;
    /** A standby further behind is not promoted; `null`: no lag is too large, the list of synchronous standbys decides. */
    readonly maxLagOnFailoverKib: number | null;
  };
  readonly reads: { readonly maxLagKib: number; readonly primaryAsFallback: boolean };
  /** `true`: the primary stays writable without etcd while all members answer it. */
  readonly failsafe: boolean;
  readonly timing: Timing;
  readonly waits: Waits;
  readonly tls: {
    readonly clientCertificates: boolean;
    readonly ca: ParsedTopology["tls"]["ca"];
    readonly keyType: ParsedTopology["tls"]["key_type"];
    readonly caDays: number;
    readonly leafDays: number;
    /** Names and addresses that clients dial, beside those of the members. */
    readonly names: readonly string[];
  };
  readonly balancer: { readonly adminUser: string; readonly maxConnections: number };
  readonly parameters: ParsedTopology["parameters"];
}
