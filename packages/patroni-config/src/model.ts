import type { Entry, ParameterValue } from "@matriarch/topology";

export type { ParameterValue } from "@matriarch/topology";

/** What all members share: it lives in the DCS and is changed there, not in the files of a node. */
export interface DynamicSection {
  /** Its top level, in the order of the file. */
  readonly settings: readonly Entry<ParameterValue>[];
  /** Logical slots that a failover keeps, by name. */
  readonly slots: Readonly<Record<string, { readonly type: "logical"; readonly database: string; readonly plugin: string }>>;
  readonly postgresql: { readonly use_slots: boolean; readonly parameters: readonly Entry<ParameterValue>[] };
}

/** How Patroni connects as one role; without a password: a certificate, or the operating system's word for it. */
export interface Authentication {
  readonly username: string;
  readonly sslmode?: "verify-full";
  readonly sslcert?: string;
  readonly sslkey?: string;
  readonly sslrootcert?: string;
}

/** The tree of patroni.yml, without its secrets. */
export interface PatroniFile {
  readonly scope: string;
  readonly namespace: string;
  readonly name: string;
  readonly log: { readonly level: "INFO" };
  readonly restapi: {
    readonly listen: string;
    readonly connect_address: string;
    readonly certfile: string;
    readonly keyfile: string;
    readonly cafile: string;
    readonly verify_client: "required" | "optional";
  };
  readonly ctl: { readonly cacert: string; readonly certfile: string; readonly keyfile: string };
  readonly etcd3?: EtcdSection;
  readonly bootstrap: {
    readonly dcs: DynamicSection;
    readonly initdb: readonly (string | Readonly<Record<string, string>>)[];
    readonly post_bootstrap: string;
  };
  readonly postgresql: {
    readonly listen: string;
    readonly connect_address: string;
    readonly data_dir: string;
    readonly bin_dir: string;
    readonly pgpass: string;
    readonly use_unix_socket: boolean;
    readonly use_unix_socket_repl: boolean;
    readonly authentication: { readonly superuser: Authentication; readonly replication: Authentication; readonly rewind: Authentication };
    readonly use_pg_rewind: boolean;
    readonly remove_data_directory_on_rewind_failure: boolean;
    readonly remove_data_directory_on_diverged_timelines: boolean;
    readonly create_replica_methods: readonly string[];
    readonly basebackup: readonly (string | Readonly<Record<string, string>>)[];
    readonly pg_hba: readonly HbaSection[];
    readonly pg_ident: readonly IdentRow[];
    readonly parameters: readonly Entry<ParameterValue>[];
  };
  readonly watchdog: { readonly mode: "off" };
  readonly tags: Readonly<Record<string, string | boolean>>;
}

interface EtcdSection {
  readonly hosts: readonly string[];
  readonly protocol: "https";
  readonly cacert: string;
  readonly cert: string;
  readonly key: string;
}

/** A word of pg_hba.conf: a keyword, or a name that must not be read as one. */
export type HbaWord = { readonly keyword: "all" | "replication" } | { readonly name: string };

/** One line of pg_hba.conf. The first that fits a connection decides about it. */
export interface HbaRow {
  readonly type: "local" | "host" | "hostssl";
  readonly databases: readonly HbaWord[];
  readonly users: readonly HbaWord[];
  /** A network in CIDR notation, or `all` for both families; `null` on the socket. */
  readonly address: string | null;
  readonly method: "peer" | "cert" | "scram-sha-256" | "reject";
  readonly option?: { readonly name: "map" | "clientcert"; readonly value: string };
}

/** Lines that belong together, under the comment that says why they are there. */
export interface HbaSection {
  readonly comment: readonly string[];
  readonly rows: readonly HbaRow[];
}

/** One line of pg_ident.conf: a user of the operating system that may be a role. */
export interface IdentRow {
  readonly map: string;
  readonly systemUser: string;
  readonly role: string;
}

/** A role as it is to be; its password, if it has one, is in the secret overlay. */
export interface RolePlan {
  readonly name: string;
  readonly replication: boolean;
  /** `false`: certificate only, so any password is taken from it. */
  readonly password: boolean;
  /** `null`: no limit of its own. */
  readonly connectionLimit: number | null;
  /** Predefined roles whose rights it has. */
  readonly memberOf: readonly string[];
}

/** An extension that is created in a database. */
export interface ExtensionPlan {
  readonly name: string;
  /** `null`: its control file says where. */
  readonly schema: "public" | null;
}

/** Rights on what an extension made. */
export interface GrantPlan {
  /** What stands between GRANT and TO. */
  readonly rights: string;
  readonly roles: readonly string[];
}

/** A database as it is to be. */
export interface DatabasePlan {
  readonly name: string;
  /** `null`: it exists from the start and belongs to the superuser. */
  readonly owner: string | null;
  /** Each after those that it needs. */
  readonly extensions: readonly ExtensionPlan[];
  readonly extensionGrants: readonly GrantPlan[];
  readonly writers: readonly string[];
  readonly readers: readonly string[];
  /** Roles that may connect, beside the owner. */
  readonly connect: readonly string[];
  /** Roles that may look into the schema `public`, beside the owner. */
  readonly publicUsers: readonly string[];
}

/** What bootstrap.sql brings about. */
export interface BootstrapPlan {
  readonly superuser: string;
  readonly lookup: string;
  readonly rewind: string;
  readonly roles: readonly RolePlan[];
  /** The maintenance database first. */
  readonly databases: readonly DatabasePlan[];
}
