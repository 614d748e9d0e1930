/** What a platform brings: images, versions, packages and places. A new platform is a new row. */
export interface Platform {
  readonly baseImage: string;
  /** Versions of the daemons that the platform's own repositories carry. */
  readonly versions: {
    readonly postgresql: readonly number[];
    readonly patroni: string;
    readonly etcd: string;
    readonly haproxy: string;
    readonly pgbouncer: string;
  };
  /** Folder of PostgreSQL's programs for a major version. */
  readonly postgresqlBin: (major: number) => string;
  /** PostgreSQL extensions (by their SQL name) and the package that carries each, by major version. */
  readonly extensions: Readonly<Record<string, (major: number) => string>>;
}

const CONTRIB = [
  "amcheck",
  "bloom",
  "btree_gin",
  "btree_gist",
  "citext",
  "cube",
  "dblink",
  "earthdistance",
  "fuzzystrmatch",
  "hstore",
  "intarray",
  "isn",
  "ltree",
  "pageinspect",
  "pg_buffercache",
  "pg_prewarm",
  "pg_stat_statements",
  "pg_trgm",
  "pg_visibility",
  "pg_walinspect",
  "pgcrypto",
  "pgrowlocks",
  "pgstattuple",
  "postgres_fdw",
  "seg",
  "tablefunc",
  "tcn",
  "tsm_system_rows",
  "unaccent",
  "uuid-ossp",
] as const;

/** Every platform, by its id. Versions are those of its own package repositories. */
export const PLATFORMS = {
  "debian-13": {
    baseImage: "debian:trixie-slim",
    versions: { postgresql: [17], patroni: "4.0.7", etcd: "3.5.16", haproxy: "3.0.11", pgbouncer: "1.24.1" },
    postgresqlBin: (major) => `/usr/lib/postgresql/${major}/bin`,
    extensions: {
      ...Object.fromEntries(CONTRIB.map((name) => [name, (major: number) => `postgresql-${major}`])),
      vector: (major) => `postgresql-${major}-pgvector`,
    },
  },
} as const satisfies Record<string, Platform>;

/** The value of `platform` in a topology. */
export type PlatformId = keyof typeof PLATFORMS;

/**
 * The users that the daemons run as, with numbers fixed in every image, so that a file can be given to one from outside.
 * Below 1000: Debian's packages refuse a user of their name that is not a system user.
 */
export const DAEMON_USERS = {
  etcd: { name: "etcd", id: 901 },
  postgresql: { name: "postgres", id: 902 },
  haproxy: { name: "haproxy", id: 903 },
  pgbouncer: { name: "pgbouncer", id: 904 },
} as const;
