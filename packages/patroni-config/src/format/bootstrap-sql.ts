import type { BootstrapPlan, DatabasePlan, ExtensionPlan, RolePlan } from "../model.ts";
import { quoteIdentifier, quoteLiteral, quoteRoles } from "./sql.ts";

const HEADER = `-- Roles, databases, extensions and privileges of the cluster.
--
-- Patroni has it run once, after initdb (bootstrap.sh). It can be run again on the primary, when the topology has gained a
-- role, a database, an extension, a reader or a writer: it creates what is missing and leaves what is there. It takes
-- nothing away: what left the topology stays until it is dropped or revoked by hand. Passwords are in another file.
\\set ON_ERROR_STOP on
`;

/** Owners of databases may create functions and operators: none of theirs may be found by the superuser's statements. */
const SESSION = `SET search_path = pg_catalog;
SET client_min_messages = warning;
`;

/** Functions by which pg_rewind reads the files of the new primary (its documentation, "Notes"). */
const REWIND_FUNCTIONS = [
  "pg_ls_dir(text, boolean, boolean)",
  "pg_stat_file(text, boolean)",
  "pg_read_binary_file(text)",
  "pg_read_binary_file(text, bigint, bigint, boolean)",
];

function heading(text: string): string {
  return `\n-- ${text} ${"-".repeat(Math.max(3, 116 - text.length))}\n`;
}

function connect(database: string): string {
  return `\\connect ${quoteIdentifier(database)}\n${SESSION}`;
}

/** Creates by \gexec what a catalog does not know yet: CREATE ROLE and CREATE DATABASE have no IF NOT EXISTS. */
function createMissing(statement: string, catalog: string, column: string, name: string): string {
  return `SELECT ${quoteLiteral(statement)} WHERE NOT EXISTS (SELECT FROM ${catalog} WHERE ${column} = ${quoteLiteral(name)}) \\gexec\n`;
}

function formatRole(role: RolePlan): string {
  const name = quoteIdentifier(role.name);
  const replication = role.replication ? "REPLICATION" : "NOREPLICATION";
  const attributes = `LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE ${replication} NOBYPASSRLS CONNECTION LIMIT ${role.connectionLimit ?? -1}`;
  return [
    createMissing(`CREATE ROLE ${name}`, "pg_roles", "rolname", role.name),
    `ALTER ROLE ${name} ${attributes}${role.password ? "" : " PASSWORD NULL"};\n`,
    ...role.memberOf.map((group) => `GRANT ${quoteIdentifier(group)} TO ${name};\n`),
  ].join("");
}

function formatDatabase(database: DatabasePlan): string {
  const name = quoteIdentifier(database.name);
  const owner = database.owner === null ? undefined : quoteIdentifier(database.owner);
  return [
    ...(owner === undefined
      ? []
      : [
          createMissing(`CREATE DATABASE ${name} OWNER ${owner}`, "pg_database", "datname", database.name),
          `ALTER DATABASE ${name} OWNER TO ${owner};\n`,
        ]),
    `REVOKE ALL ON DATABASE ${name} FROM PUBLIC;\n`,
    `GRANT CONNECT ON DATABASE ${name} TO ${quoteRoles(database.connect)};\n`,
    ...(database.writers.length === 0 ? [] : [`GRANT TEMPORARY ON DATABASE ${name} TO ${quoteRoles(database.writers)};\n`]),
  ].join("");
}

interface Access {
  readonly tables: string;
  readonly sequences: string;
}

const READ: Access = { tables: "SELECT", sequences: "SELECT" };
const WRITE: Access = { tables: "SELECT, INSERT, UPDATE, DELETE", sequences: "USAGE, SELECT, UPDATE" };

/** Rights on the owner's schemas, tables and sequences: on those to come by default, on those that are there one by one. */
function formatAccess(owner: string, roles: readonly string[], access: Access): string {
  if (roles.length === 0) return "";
  const to = `TO ${quoteRoles(roles)}`;
  const ownerId = `${quoteLiteral(quoteIdentifier(owner))}::regrole`;
  const each = (grant: string, argument: string, from: string) =>
    `SELECT format(${quoteLiteral(`${grant} ${to}`)}, ${argument}) FROM ${from} \\gexec\n`;
  const future = `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoteIdentifier(owner)} GRANT`;
  return [
    `${future} USAGE ON SCHEMAS ${to};\n`,
    `${future} ${access.tables} ON TABLES ${to};\n`,
    `${future} ${access.sequences} ON SEQUENCES ${to};\n`,
    each("GRANT USAGE ON SCHEMA %I", "nspname", `pg_namespace WHERE nspowner = ${ownerId}`),
    each(
      `GRANT ${access.tables} ON TABLE %s`,
      "oid::regclass",
      `pg_class WHERE relowner = ${ownerId} AND relkind IN ('r', 'p', 'v', 'm', 'f') AND relpersistence <> 't'`,
    ),
    each(
      `GRANT ${access.sequences} ON SEQUENCE %s`,
      "oid::regclass",
      `pg_class WHERE relowner = ${ownerId} AND relkind = 'S' AND relpersistence <> 't'`,
    ),
  ].join("");
}

/**
 * PgBouncer's auth_query. The lookup role sees one verifier at a time, of roles that have business with the pooler: none of
 * a superuser, of replication, or its own. It works on a standby, too.
 */
function formatLookup(plan: BootstrapPlan): string {
  const superuser = quoteIdentifier(plan.superuser);
  const lookup = quoteIdentifier(plan.lookup);
  return `CREATE SCHEMA IF NOT EXISTS pgbouncer;
ALTER SCHEMA pgbouncer OWNER TO ${superuser};
CREATE OR REPLACE FUNCTION pgbouncer.lookup(name text) RETURNS TABLE (usename text, passwd text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT rolname::text, rolpassword
    FROM pg_catalog.pg_authid
    WHERE rolname = $1 AND rolcanlogin AND NOT (rolsuper OR rolreplication OR rolbypassrls)
      AND rolname <> ${quoteLiteral(plan.lookup)} AND (rolvaliduntil IS NULL OR rolvaliduntil > pg_catalog.now())
  $$;
ALTER FUNCTION pgbouncer.lookup(text) OWNER TO ${superuser};
REVOKE ALL ON SCHEMA pgbouncer FROM PUBLIC;
REVOKE ALL ON FUNCTION pgbouncer.lookup(text) FROM PUBLIC;
GRANT USAGE ON SCHEMA pgbouncer TO ${lookup};
GRANT EXECUTE ON FUNCTION pgbouncer.lookup(text) TO ${lookup};
`;
}

/** Without CASCADE: what it needs stands before it, each in the schema that it belongs to. */
function formatExtension({ name, schema }: ExtensionPlan): string {
  return `CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(name)}${schema === null ? "" : ` SCHEMA ${schema}`};\n`;
}

function formatContents(plan: BootstrapPlan, database: DatabasePlan): string {
  const { owner } = database;
  return [
    heading(`Database ${database.name}`),
    connect(database.name),
    ...database.extensions.map(formatExtension),
    "REVOKE ALL ON SCHEMA public FROM PUBLIC;\n",
    ...(database.publicUsers.length === 0 ? [] : [`GRANT USAGE ON SCHEMA public TO ${quoteRoles(database.publicUsers)};\n`]),
    ...database.extensionGrants.map(({ rights, roles }) => `GRANT ${rights} TO ${quoteRoles(roles)};\n`),
    // What the superuser creates in the maintenance database is granted by hand, by the person who knows what it is.
    ...(owner === null ? [] : [formatAccess(owner, database.readers, READ), formatAccess(owner, database.writers, WRITE)]),
    ...(owner === null ? REWIND_FUNCTIONS.map((name) => `GRANT EXECUTE ON FUNCTION ${name} TO ${quoteIdentifier(plan.rewind)};\n`) : []),
    formatLookup(plan),
  ].join("");
}

/** bootstrap.sql: text for psql that brings the plan about, and changes nothing when run again. */
export function formatBootstrap(plan: BootstrapPlan): string {
  return [
    HEADER,
    SESSION,
    heading("Roles"),
    ...plan.roles.map(formatRole),
    heading("Databases"),
    ...plan.databases.map(formatDatabase),
    heading("The template: databases made later start closed as well"),
    "REVOKE ALL ON DATABASE template1 FROM PUBLIC;\n",
    connect("template1"),
    "REVOKE ALL ON SCHEMA public FROM PUBLIC;\n",
    ...plan.databases.map((database) => formatContents(plan, database)),
  ].join("");
}
