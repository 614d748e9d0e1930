import { nearest, type Topology } from "@matriarch/topology";
import { readCommands, type SimpleCommand } from "../settings/shell-command.ts";
import { shippedWith } from "../shipped/index.ts";
import { isArchiving, setParameters } from "./archives.ts";
import { error, type PatroniRule } from "./finding.ts";
import type { WrittenParameter } from "./written.ts";

/** Commands that PostgreSQL gives to the shell, and what comes of one that cannot run. */
const COMMANDS: Readonly<Record<string, string>> = {
  archive_command: "PostgreSQL keeps all WAL until the disk is full",
  archive_cleanup_command: "a standby logs the failure at each restart point",
  recovery_end_command: "the end of each recovery logs the failure",
  restore_command: "nothing is restored",
};

/** What the shell itself can do. */
const BUILT_IN = new Set(
  ". : [ alias break cd command continue echo eval exec exit export false getopts hash kill local printf pwd read readonly return set shift test times trap true type ulimit umask unset wait".split(
    " ",
  ),
);

/** Folders of the image's own file system in which more may be than the table of programs says. */
const MAY_HOLD_MORE = /^\/(bin|etc|lib|lib64|run|sbin|tmp|usr|var)\//;

/** A command that PostgreSQL runs: where the topology says so, and what it calls. */
export interface WrittenCommand extends WrittenParameter {
  readonly name: string;
  readonly otherwise: string;
  readonly calls: readonly SimpleCommand[];
}

/** The commands of a topology that PostgreSQL would run. `%%` is a percent sign to PostgreSQL. */
export function writtenCommands(topology: Topology): WrittenCommand[] {
  return Object.entries(COMMANDS)
    .filter(([name]) => name !== "archive_command" || isArchiving(topology))
    .flatMap(([name, otherwise]) =>
      setParameters(topology, name).map((written) => ({ ...written, name, otherwise, calls: readCommands(String(written.value)) })),
    );
}

/** Whether the image lacks a program. In doubt it does not: what is in the volume, or has a name that only the shell knows, is not judged. */
function isMissing(topology: Topology, program: string): boolean {
  const programs = shippedWith(topology)?.programs;
  if (programs === undefined || program === "" || program.includes("%")) return false;
  if (!program.includes("/")) return !BUILT_IN.has(program) && !programs.includes(program);
  const path = [topology.platform.postgresqlBin(topology.postgresqlVersion), "/usr/local/bin", "/usr/bin", "/bin"];
  const folder = program.slice(0, program.lastIndexOf("/"));
  if (path.includes(folder)) return !programs.includes(program.slice(folder.length + 1));
  return program.startsWith("/") && !MAY_HOLD_MORE.test(program);
}

export const missingPrograms: PatroniRule = (topology) =>
  writtenCommands(topology).flatMap(({ key, path, otherwise, calls }) =>
    calls
      .flatMap(({ words: [program] }) => (program?.literal === true && isMissing(topology, program.text) ? [program.text] : []))
      .map((program) => {
        const meant = nearest(program, shippedWith(topology)?.programs ?? []);
        const instead =
          "Call a program of the image, such as cp, gzip or curl, or one that you have put into the data volume, by its full path.";
        const hint = meant === undefined || program.includes("/") ? instead : `Did you mean "${meant}"? ${instead}`;
        return error("missing-program", path, `"${key}" calls "${program}", which the image does not have: ${otherwise}.`, hint);
      }),
  );
