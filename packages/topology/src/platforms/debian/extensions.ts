import type { Extension, Extensions } from "../extension.ts";

const server = (major: number) => `postgresql-${major}`;
const packaged = (name: string) => (major: number) => `postgresql-${major}-${name}`;

const PLAIN = [
  "amcheck",
  "autoinc",
  "bloom",
  "btree_gin",
  "btree_gist",
  "citext",
  "cube",
  "dblink",
  "dict_int",
  "dict_xsyn",
  "file_fdw",
  "fuzzystrmatch",
  "hstore",
  "insert_username",
  "intagg",
  "intarray",
  "isn",
  "lo",
  "ltree",
  "moddatetime",
  "pageinspect",
  "pg_buffercache",
  "pg_freespacemap",
  // Its library, which fills the cache again after a restart, is loaded where `shared_preload_libraries` says so.
  "pg_prewarm",
  "pg_surgery",
  "pg_trgm",
  "pg_visibility",
  "pg_walinspect",
  "pgcrypto",
  "pgrowlocks",
  "pgstattuple",
  "postgres_fdw",
  "refint",
  "seg",
  "sslinfo",
  "tablefunc",
  "tcn",
  "tsm_system_rows",
  "tsm_system_time",
  "unaccent",
  "uuid-ossp",
  "xml2",
] as const;

/** What is in the server's own package. */
const CONTRIB: Extensions = {
  ...Object.fromEntries(PLAIN.map((name): [string, Extension] => [name, { package: server, schema: "public" }])),
  auto_explain: { package: server, schema: null, preload: "auto_explain" },
  earthdistance: { package: server, schema: "public", needs: ["cube"] },
  pg_stat_statements: { package: server, schema: "public", preload: "pg_stat_statements" },
  test_decoding: { package: server, schema: null, outputPlugin: "test_decoding" },
};

const postgis = packaged("postgis-3");

/** One package for all of them. What the scripts of the geocoder make is open to nobody; the others grant what is needed. */
const POSTGIS: Extensions = {
  address_standardizer: { package: postgis, schema: "public" },
  address_standardizer_data_us: { package: postgis, schema: "public" },
  postgis: { package: postgis, schema: "public" },
  postgis_raster: { package: postgis, schema: "public", needs: ["postgis"] },
  postgis_sfcgal: { package: postgis, schema: "public", needs: ["postgis"] },
  postgis_tiger_geocoder: {
    package: postgis,
    schema: "fixed",
    needs: ["fuzzystrmatch", "postgis"],
    grants: [
      { to: "everyone", rights: "USAGE ON SCHEMA tiger" },
      { to: "everyone", rights: "SELECT ON ALL TABLES IN SCHEMA tiger" },
    ],
  },
  postgis_topology: { package: postgis, schema: "fixed", needs: ["postgis"] },
};

const OTHERS: Extensions = {
  hll: { package: packaged("hll"), schema: "public" },
  hypopg: { package: packaged("hypopg"), schema: "public" },
  pg_cron: {
    package: packaged("cron"),
    schema: "fixed",
    preload: "pg_cron",
    oneDatabase: "its scheduler reads the jobs of one database; cron.schedule_in_database runs them in others",
    // The launcher, and five jobs at once.
    workers: 6,
    parameters: ([database = ""]) => ({
      "cron.database_name": database,
      // Else a job is a connection to localhost, which pg_hba refuses to all but the superuser.
      "cron.use_background_workers": "on",
      "cron.timezone": "UTC",
    }),
    fixed: ["cron.database_name", "cron.use_background_workers"],
    // Row-level security shows each role its own jobs; a job runs with the rights of the role that made it.
    grants: [{ to: "owner", rights: "USAGE ON SCHEMA cron" }],
  },
  // Its background worker would run, as the superuser, what owners of tables have written: who wants it names it.
  pg_partman: { package: packaged("partman"), schema: "public" },
  pg_repack: { package: packaged("repack"), schema: "public" },
  pgaudit: { package: packaged("pgaudit"), schema: "public", preload: "pgaudit" },
  set_user: { package: packaged("set-user"), schema: "public", preload: "set_user" },
  timescaledb: {
    package: packaged("timescaledb"),
    schema: "public",
    preload: "timescaledb",
    // The launcher, which ends at once.
    workers: 1,
    // Every job, also the one that comes with the extension, needs the part under the TSL, which Debian leaves out: it would
    // only fail, again and again.
    parameters: () => ({ "timescaledb.max_background_workers": 0 }),
  },
  vector: { package: packaged("pgvector"), schema: "public" },
  wal2json: { package: packaged("wal2json"), schema: null, outputPlugin: "wal2json" },
};

/** Extensions of Debian's own repositories. */
export const DEBIAN_EXTENSIONS: Extensions = { ...CONTRIB, ...POSTGIS, ...OTHERS };
