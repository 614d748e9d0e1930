import { nearest, type Topology } from "@matriarch/topology";
import { shippedWith } from "../shipped/index.ts";
import { writtenParameters } from "./written.ts";

/** Why a library cannot be loaded, and what to do. */
export interface LibraryFault {
  readonly because: string;
  readonly instead: string;
}

/** A library as it is named: `$libdir/x.so` is `x`. `undefined`: a file elsewhere, which nobody can judge from here. */
function bareName({ platform, postgresqlVersion }: Topology, name: string): string | undefined {
  const folder = platform.postgresqlBin(postgresqlVersion).replace(/bin$/, "lib/");
  const bare = [folder, "$libdir/"].reduce((rest, prefix) => (rest.startsWith(prefix) ? rest.slice(prefix.length) : rest), name);
  return bare.includes("/") ? undefined : bare.replace(/\.so$/, "");
}

function missing(
  { platform, postgresqlVersion }: Topology,
  library: string,
  owner: string | undefined,
  known: readonly string[],
): LibraryFault {
  const extensions = Object.entries(platform.extensions).filter(([, row]) => row.package(postgresqlVersion) === owner);
  const extension = extensions.find(([name, { preload }]) => preload === library || library.startsWith(name)) ?? extensions[0];
  const because = "the image does not have it";
  if (extension !== undefined) {
    const [name, { preload }] = extension;
    const more = preload === library ? ", which also loads its library" : "";
    return { because, instead: `Declare the extension "${name}" under "extensions"${more}.` };
  }
  const meant = nearest(library, known);
  return { because, instead: meant === undefined ? "Remove it, or name a library that the image has." : `Did you mean "${meant}"?` };
}

/** Why the image's PostgreSQL cannot load a library at all; nothing where it can, or where nobody can tell from here. */
export function libraryFault(topology: Topology, name: string): LibraryFault | undefined {
  const shipped = shippedWith(topology);
  const library = bareName(topology, name);
  const elsewhere = writtenParameters(topology, "dynamic_library_path").length > 0;
  if (shipped === undefined || library === undefined || elsewhere) return undefined;
  const installed = new Set([`postgresql-${topology.postgresqlVersion}`, ...topology.extensions.map((extension) => extension.package)]);
  const packages = Object.entries(shipped.libraries);
  const owner = packages.find(([, libraries]) => libraries.includes(library))?.[0];
  if (owner !== undefined && installed.has(owner)) return undefined;
  const known = packages.flatMap(([carrier, libraries]) => (installed.has(carrier) ? libraries : []));
  return missing(topology, library, owner, known);
}
