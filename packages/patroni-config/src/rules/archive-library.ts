import { shippedWith } from "../shipped/index.ts";
import { archiveLibraries, isArchiving } from "./archives.ts";
import { error, type PatroniRule } from "./finding.ts";
import { libraryFault } from "./library.ts";

const OTHERWISE = "The archiver ends each time it starts, and PostgreSQL keeps all WAL until the disk is full";

/** Source: LoadArchiveLibrary in PostgreSQL's pgarch.c. */
export const archiveLibrary: PatroniRule = (topology) =>
  archiveLibraries(topology)
    .filter(() => isArchiving(topology))
    .flatMap(({ key, name, path }) => {
      const modules = shippedWith(topology)?.archiveModules ?? [name];
      const none = { because: "it is no archive module", instead: `The image has: ${modules.join(", ")}. Or set archive_command.` };
      const fault = libraryFault(topology, name) ?? (modules.includes(name.replace(/^\$libdir\//, "")) ? undefined : none);
      if (fault === undefined) return [];
      const message = `"${key}" names the library "${name}", which cannot archive: ${fault.because}. ${OTHERWISE}.`;
      return [error("unusable-library", path, message, fault.instead)];
    });
