import { didYouMean } from "../nearest.ts";
import type { Topology } from "../resolve/topology.ts";
import { MAINTENANCE_DATABASE } from "../roles.ts";
import { error, type TopologyRule } from "./finding.ts";

const RESERVED_DATABASES: Readonly<Record<string, string>> = {
  template0: "PostgreSQL makes new databases from it",
  template1: "PostgreSQL makes new databases from it",
  pgbouncer: "it is PgBouncer's console",
  all: "in access rules it stands for every database",
  sameuser: "in access rules it stands for another database",
  samerole: "in access rules it stands for other databases",
  samegroup: "in access rules it stands for other databases",
  replication: "in access rules it stands for replication",
};

export const reservedDatabaseName: TopologyRule = (topology) =>
  topology.databases
    .filter(({ name }) => Object.hasOwn(RESERVED_DATABASES, name))
    .map(({ name }) => {
      const message = `A database cannot be called "${name}": ${RESERVED_DATABASES[name]}.`;
      return error("reserved-database-name", ["databases", name], message, "Choose another name for the database.");
    });

export const unsupportedPostgresql: TopologyRule = ({ platform, postgresqlVersion }) =>
  platform.versions.postgresql.includes(postgresqlVersion)
    ? []
    : [
        error(
          "unsupported-postgresql",
          ["postgresql", "version"],
          `The platform ${platform.id} has no PostgreSQL ${postgresqlVersion}.`,
          `It has: ${platform.versions.postgresql.join(", ")}.`,
        ),
      ];

/** Databases in which an extension is wanted. Those under `postgresql.extensions` are wanted in every one. */
function databasesWanting(topology: Topology): Map<string, string[]> {
  const wanting = new Map<string, string[]>();
  for (const { name, extensions } of topology.databases) {
    for (const extension of extensions) wanting.set(extension, [...(wanting.get(extension) ?? []), name]);
  }
  return wanting;
}

export const unknownExtension: TopologyRule = (topology) => {
  const known = Object.keys(topology.platform.extensions);
  return [...databasesWanting(topology)]
    .filter(([extension]) => !known.includes(extension))
    .flatMap(([extension, databases]) => {
      const everywhere = databases.includes(MAINTENANCE_DATABASE) && databases.length === topology.databases.length;
      const paths = everywhere ? [["postgresql", "extensions"]] : databases.map((database) => ["databases", database, "extensions"]);
      const message = `The platform ${topology.platform.id} has no package with the extension "${extension}".`;
      return paths.map((path) => error("unknown-extension", path, message, didYouMean(extension, known, "It has")));
    });
};
