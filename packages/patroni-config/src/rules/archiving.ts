import { error, type PatroniRule } from "./finding.ts";
import { isOn, writtenParameters } from "./written.ts";

/** PostgreSQL keeps each file of WAL until it is archived; without a command none ever is (manual, "Continuous Archiving"). */
export const archivingWithoutCommand: PatroniRule = (topology) => {
  const archives = ["archive_command", "archive_library"].some((name) =>
    writtenParameters(topology, name).some(({ value }) => String(value).trim() !== ""),
  );
  return writtenParameters(topology, "archive_mode")
    .filter(({ value }) => (isOn(value) || value === "always") && !archives)
    .map(({ key, path }) => {
      const message = `"${key}" is on and nothing archives: PostgreSQL keeps all WAL from then on, until the disk is full and the primary stops.`;
      return error("archiving-without-command", path, message, "Set archive_command or archive_library as well, or remove it.");
    });
};
