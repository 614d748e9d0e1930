/** Something outside the topology went wrong: the message says what, where and what to do. Exit code 2, no stack trace. */
export class OperationError extends Error {
  override readonly name = "OperationError";
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === "ENOENT";
}

export function isTaken(error: unknown): boolean {
  return codeOf(error) === "EEXIST";
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "no permission; run the command as root, or as a user who may read and write there",
  EPERM: "not permitted; files that a daemon reads are given to its numeric user, which needs root",
  ENOSPC: "the disk is full; free some space and run the command again (nothing was lost)",
  EDQUOT: "the quota of the disk is used up; free some space and run the command again (nothing was lost)",
  EIO: "the disk failed to read or write; look into the kernel's log before running the command again",
  EROFS: "the file system is read-only; choose another folder with --out",
  ENOTDIR: "a part of the path is a file, not a folder; choose another folder or move that file away",
  EISDIR: "it is a folder, not a file",
  ELOOP: "the symbolic links there lead in a circle; remove one of them",
  ENAMETOOLONG: "the name is too long for this file system; choose a shorter path with --out",
  ENOENT: "it does not exist",
  EEXIST: "it exists already and is not overwritten",
  EBUSY: "it is in use, perhaps mounted on its own; unmount it and run the command again",
  EMFILE: "too many open files; raise the limit (ulimit -n)",
};

/** What the system was asked to do to which file; where it moves one, the place it was to have counts. */
function placeOf(error: Error): string | undefined {
  const { path, dest } = error as { path?: unknown; dest?: unknown };
  return [dest, path].find((place) => typeof place === "string");
}

/** A system error in words, with the path it is about; anything else unchanged. */
export function explainSystemError(error: unknown): unknown {
  const reason = REASONS[codeOf(error) ?? ""];
  if (reason === undefined || !(error instanceof Error)) return error;
  const place = placeOf(error);
  return new OperationError(`${place === undefined ? "" : `${place}: `}${reason}.`, { cause: error });
}

/** The same system error, about the file that a person knows: an open file has no name, a temporary one says nothing. */
export function aboutFile(error: unknown, path: string): unknown {
  return codeOf(error) === undefined ? error : Object.assign(error as Error, { path });
}
