import { error, type PatroniRule } from "./finding.ts";
import { archiveLibraries, isArchiving, loadsAtStart } from "./archives.ts";
import { writtenParameters } from "./written.ts";

/** Libraries that do nothing until a parameter is set. */
const NEEDS: readonly { readonly library: string; readonly parameter: string; readonly otherwise: string }[] = [
  {
    library: "basic_archive",
    parameter: "basic_archive.archive_directory",
    otherwise: "nothing is archived, and PostgreSQL keeps all WAL until the disk is full",
  },
  { library: "pg_partman_bgw", parameter: "pg_partman_bgw.dbname", otherwise: "its worker looks after no database" },
];

/** Source: basic_archive_configured in contrib/basic_archive; pg_partman_bgw.c, `pg_partman_bgw.dbname`. */
export const librariesNeedParameters: PatroniRule = (topology) => {
  const used = [...(isArchiving(topology) ? archiveLibraries(topology) : []), ...loadsAtStart(topology)];
  return NEEDS.flatMap(({ library, parameter, otherwise }) =>
    used
      .filter(({ name }) => name === library)
      .filter(() => !writtenParameters(topology, parameter).some(({ value }) => String(value).trim() !== ""))
      .map(({ key, path }) => {
        const message = `"${key}" names ${library}, and "${parameter}" is not set: ${otherwise}.`;
        return error("needed-parameter", path, message, `Set "${parameter}" as well, or remove the library.`);
      }),
  );
};

/** Logical decoding reads only what `wal_level = logical` writes; with less, PostgreSQL does not start while a slot is left. */
export const outputPluginsNeedLogicalWal: PatroniRule = (topology) => {
  const plugins = topology.extensions.flatMap(({ outputPlugin }) => (outputPlugin === null ? [] : [`the output plugin ${outputPlugin}`]));
  const readers = [...plugins, ...topology.slots.map(({ name }) => `the slot ${name}`)];
  return writtenParameters(topology, "wal_level")
    .filter(({ value }) => readers.length > 0 && String(value).toLowerCase() !== "logical")
    .map(({ key, value, path }) => {
      const message = `"${key}" is ${JSON.stringify(value)}, and logical decoding is needed for ${readers.join(", ")}: no slot could be made.`;
      return error("needed-parameter", path, message, "Leave wal_level out: the default is logical.");
    });
};
