import type { Topology } from "@matriarch/topology";
import { splitLibraries } from "../settings/libraries.ts";
import { shippedWith } from "../shipped/index.ts";
import { error, type PatroniRule } from "./finding.ts";
import { type LibraryFault, libraryFault } from "./library.ts";
import { type WrittenParameter, writtenParameters } from "./written.ts";

/** What becomes of a library that cannot be loaded, by the list that names it. */
const LISTS: Readonly<Record<string, string>> = {
  shared_preload_libraries: "PostgreSQL does not start",
  session_preload_libraries: "no session starts, the superuser's neither",
  local_preload_libraries: "no session starts, the superuser's neither",
};

/** Sessions load what only a starting server can. */
function tooLate(topology: Topology, list: string, library: string): LibraryFault | undefined {
  if (list === "shared_preload_libraries" || !shippedWith(topology)?.onlyAtStart.includes(library)) return undefined;
  return { because: "it has to be loaded when the server starts", instead: "Name it in shared_preload_libraries." };
}

function faultOf(topology: Topology, list: string, library: string): LibraryFault | undefined {
  if (list === "local_preload_libraries") {
    return {
      because: "PostgreSQL looks for it in the folder plugins of its libraries, which no package has",
      instead: "Name it in session_preload_libraries.",
    };
  }
  return libraryFault(topology, library) ?? tooLate(topology, list, library);
}

function judge(topology: Topology, list: string, { key, value, path }: WrittenParameter) {
  return splitLibraries(String(value)).flatMap((library) => {
    const fault = faultOf(topology, list, library);
    if (fault === undefined) return [];
    const message = `"${key}" names the library "${library}", which cannot be loaded: ${fault.because}. Then ${LISTS[list] ?? ""}.`;
    return [error("unusable-library", path, message, fault.instead)];
  });
}

/** Source: internal_load_library and load_libraries in PostgreSQL's dfmgr.c and miscinit.c. */
export const preloadedLibraries: PatroniRule = (topology) =>
  Object.keys(LISTS).flatMap((list) => writtenParameters(topology, list).flatMap((written) => judge(topology, list, written)));
