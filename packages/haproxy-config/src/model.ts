/** A directive of the global section: its keyword, its arguments, and why it is there. */
export interface Directive {
  readonly keyword: string;
  readonly words: readonly string[];
  readonly why: string;
}

/** A PostgreSQL node as HAProxy reaches it: `address:port`, always a literal address. */
export interface Node {
  /** Patroni's name of it. */
  readonly name: string;
  /** The name that its certificate has to prove. */
  readonly host: string;
  /** For everybody but the poolers; the checks go to this address as well. */
  readonly database: string;
  /** For the poolers' sessions. */
  readonly pooled: string;
}

/** How Patroni is asked about a node: milliseconds, and counts of answers. */
export interface Check {
  readonly port: number;
  readonly interval: number;
  readonly fastInterval: number;
  readonly timeout: number;
  readonly fall: number;
  readonly rise: number;
}

/** What the statistics say about a tier beside its name. */
export interface Descriptions {
  readonly process: string;
  readonly primary: string;
  readonly replicas: string;
  readonly primaryReads: string;
  readonly stale: string;
}

/** `haproxy.cfg` of one member. Every string is one word of HAProxy's grammar, not yet quoted. */
export interface HaproxyFile {
  readonly cluster: string;
  readonly member: string;
  readonly descriptions: Descriptions;
  readonly socket: string;
  readonly stateFile: string;
  /** What passes requests to cancel a query on. */
  readonly cancelScript: string;
  readonly directives: readonly Directive[];
  /** Connections: of the whole process, of each of the two ports, of the statistics. */
  readonly limits: { readonly process: number; readonly port: number; readonly stats: number };
  readonly ports: { readonly rw: number; readonly ro: number; readonly stats: number };
  /** Networks that clients come from, when they do not come from everywhere. */
  readonly clients: { readonly limited: boolean; readonly networks: readonly string[] };
  /** Addresses of the poolers. */
  readonly poolers: readonly string[];
  readonly nodes: readonly Node[];
  /** After which an idle session is ended. */
  readonly idleHours: number;
  readonly check: Check;
  /** Files in PEM format. */
  readonly files: {
    readonly authority: string;
    readonly restClient: { readonly certificate: string; readonly key: string };
    readonly stats: { readonly certificate: string; readonly key: string };
  };
  /** A replica further behind leaves the read-only port. */
  readonly maxLagBytes: number;
  readonly primaryServesReads: boolean;
  readonly userlist: string;
}

/** `users.cfg` of one member: who may read the statistics. */
export interface UsersFile {
  readonly userlist: string;
  readonly user: string;
  readonly password: string;
}

/** `cancel.lua` of one member: literal addresses of all nodes. */
export interface CancelScript {
  readonly nodes: readonly { readonly address: string; readonly port: number }[];
}
