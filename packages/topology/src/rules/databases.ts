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

/** Where the topology names an extension: under `postgresql`, where that puts it into every database. */
function placesOf({ databases }: Topology, extension: string): string[][] {
  const naming = databases.filter(({ extensions }) => extensions.includes(extension));
  const everywhere = naming.length === databases.length && naming.some(({ name }) => name === MAINTENANCE_DATABASE);
  return everywhere ? [["postgresql", "extensions"]] : naming.map(({ name }) => ["databases", name, "extensions"]);
}

export const unknownExtension: TopologyRule = (topology) => {
  const known = Object.keys(topology.platform.extensions);
  const named = new Set(topology.databases.flatMap(({ extensions }) => extensions));
  return [...named]
    .filter((extension) => !known.includes(extension))
    .flatMap((extension) => {
      const message = `The platform ${topology.platform.id} has no package with the extension "${extension}".`;
      return placesOf(topology, extension).map((path) => error("unknown-extension", path, message, didYouMean(extension, known, "It has")));
    });
};

export const extensionInSeveralDatabases: TopologyRule = (topology) =>
  topology.extensions
    .filter(({ oneDatabase, databases }) => oneDatabase !== null && databases.length > 1)
    .flatMap(({ name, oneDatabase, databases }) => {
      const message = `The extension "${name}" can be in one database of a cluster, and would be in ${databases.join(", ")}: ${oneDatabase ?? ""}.`;
      return placesOf(topology, name).map((path) =>
        error("extension-in-several-databases", path, message, `Name it under "databases.<name>.extensions" of one database.`),
      );
    });
