import { error, type PatroniRule } from "./finding.ts";
import { writtenParameters } from "./written.ts";

/** What follows from where an extension is declared cannot be said a second time. */
export const extensionParameters: PatroniRule = (topology) =>
  topology.extensions.flatMap(({ name, fixed }) =>
    fixed.flatMap((parameter) =>
      writtenParameters(topology, parameter).map(({ key, path }) => {
        const message = `"${key}" is not for a topology to set: it follows from where the extension "${name}" is declared.`;
        return error("owned-parameter-postgresql", path, message, `Leave it out, and declare "${name}" in the database that it is for.`);
      }),
    ),
  );
