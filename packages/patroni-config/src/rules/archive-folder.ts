import type { Layout, Topology } from "@matriarch/topology";
import { isArchiving } from "./archives.ts";
import { type WrittenCommand, writtenCommands } from "./commands.ts";
import { error, type PatroniRule, warning } from "./finding.ts";
import { writtenParameters } from "./written.ts";

/** Programs whose last argument is where a file goes. */
const COPIES = new Set(["cp", "install", "ln", "mv"]);

const folderOf = (file: string) => file.slice(0, Math.max(1, file.lastIndexOf("/")));
const isBelow = (folder: string, parent: string) => folder === parent || folder.startsWith(`${parent}/`);

/** The file that a word names: also `--option=/file`. Nothing for what is on another host, or for the shell to find out. */
function fileIn({ text, literal }: { readonly text: string; readonly literal: boolean }): string | undefined {
  const file = text.replace(/^-[^=]*=/, "");
  return literal && file.startsWith("/") ? file : undefined;
}

/** Folders that archived files go to, or come from: of what holds `%f`, the file's name, and of what a copy ends with. */
function foldersIn({ calls }: WrittenCommand): string[] {
  return calls.flatMap(({ words, redirected }) => {
    const last = COPIES.has(words[0]?.text ?? "") ? words.slice(-1) : [];
    const whole = last.flatMap((word) => fileIn(word) ?? []).filter((file) => !file.includes("%"));
    const named = [...words.slice(1), ...redirected].flatMap((word) => fileIn(word) ?? []).filter((file) => file.includes("%f"));
    return [...whole.map((file) => file.replace(/(.)\/$/, "$1")), ...named.map(folderOf)];
  });
}

type Place = "there" | "to be made" | "memory" | "nowhere";

function placeOf(folder: string, layout: Layout): Place {
  if (folder === layout.volume || folder === layout.data) return "there";
  if (isBelow(folder, layout.volume)) return "to be made";
  return ["/tmp", "/dev/shm", layout.run].some((memory) => isBelow(folder, memory)) ? "memory" : "nowhere";
}

interface Use {
  readonly key: string;
  readonly path: readonly string[];
  readonly folder: string;
  /** The command makes the folder itself. */
  readonly makes: boolean;
  readonly writes: boolean;
  readonly otherwise: string;
}

function judge({ key, path, folder, makes, writes, otherwise }: Use, layout: Layout) {
  const instead = `Use a folder below ${layout.volume}, the volume of each node.`;
  switch (placeOf(folder, layout)) {
    case "there":
      return [];
    case "to be made": {
      if (makes) return [];
      const message = `"${key}" names the folder ${folder}, which nobody makes: until it is there, ${otherwise}.`;
      return [warning("archive-folder", path, message, `Make it on each node before the cluster has much to write: mkdir -p ${folder}`)];
    }
    case "memory":
      if (!writes) return [];
      return [
        error(
          "archive-folder",
          path,
          `"${key}" writes into ${folder}, which is in memory and small: once it is full, ${otherwise}.`,
          instead,
        ),
      ];
    case "nowhere": {
      const message = `"${key}" names the folder ${folder}, which the container does not have, and cannot: its file system is read-only, and nothing is mounted there. So ${otherwise}.`;
      return [error("archive-folder", path, message, instead)];
    }
  }
}

function usesOf(topology: Topology): Use[] {
  const ofCommands = writtenCommands(topology).flatMap((command) =>
    [...new Set(foldersIn(command))].map((folder) => ({
      ...command,
      folder,
      makes: command.calls.some(({ words }) => words[0]?.text === "mkdir"),
      writes: command.name === "archive_command",
    })),
  );
  const ofLibrary = isArchiving(topology) ? writtenParameters(topology, "basic_archive.archive_directory") : [];
  return [
    ...ofCommands,
    ...ofLibrary
      .filter(({ value }) => String(value).startsWith("/"))
      .map(({ key, path, value }) => {
        const otherwise = "PostgreSQL keeps all WAL until the disk is full";
        return { key, path, folder: String(value).replace(/(.)\/$/, "$1"), makes: false, writes: true, otherwise };
      }),
  ];
}

/** Every node has the same volume in the same place. */
export const archiveFolders: PatroniRule = (topology) => {
  const [member] = topology.postgresql;
  return member === undefined ? [] : usesOf(topology).flatMap((use) => judge(use, member.layout));
};
