import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Shipped } from "@matriarch/patroni-config/testing";

/** The script for the image's shell that asks it. */
export function askScript(): Promise<string> {
  return readFile(fileURLToPath(new URL("ask.sh", import.meta.url)), "utf8");
}

/** Reads what the script said. Our own entrypoint is no program for a topology to call. */
export function readContents(said: string): Shipped {
  const lines = said
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" "));
  const programs = lines.flatMap(([kind, name = ""]) => (kind === "program" && name !== "entrypoint" ? [name] : []));
  const found = lines
    .filter(([kind]) => kind === "library")
    .map(([, carrier = "", name = "", starts, session, archives]) => ({ carrier, name, starts, session, archives }))
    .filter(({ starts }) => starts === "yes");
  const carriers = [...new Set(found.map(({ carrier }) => carrier))].toSorted();
  return {
    programs,
    libraries: Object.fromEntries(
      carriers.map((carrier) => [
        carrier,
        found
          .filter((library) => library.carrier === carrier)
          .map(({ name }) => name)
          .toSorted(),
      ]),
    ),
    onlyAtStart: found
      .filter(({ session }) => session === "no")
      .map(({ name }) => name)
      .toSorted(),
    archiveModules: found
      .filter(({ archives }) => archives === "yes")
      .map(({ name }) => name)
      .toSorted(),
  };
}
