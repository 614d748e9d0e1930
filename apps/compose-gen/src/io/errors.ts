/** Something outside the topology went wrong: the message says what, where and what to do. Exit code 2, no stack trace. */
export class OperationError extends Error {
  override readonly name = "OperationError";
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === "ENOENT";
}

export function isTaken(error: unknown): boolean {
  return codeOf(error) === "EEXIST";
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "no permission; run as a user who may read and write there",
  EPERM: "not permitted; files that a daemon reads are given to its numeric user, which needs root",
  ENOSPC: "the disk is full; free some space and run the command again (nothing was lost)",
  EROFS: "the file system is read-only; choose another folder with --out",
  ENOTDIR: "a part of the path is a file, not a folder; choose another folder or move that file away",
  EISDIR: "it is a folder, not a file",
  ENOENT: "it does not exist",
  EEXIST: "it exists already and is not overwritten",
  EMFILE: "too many open files; raise the limit (ulimit -n)",
};

/** A system error in words, with the path it is about; anything else unchanged. */
export function explainSystemError(error: unknown): unknown {
  const reason = REASONS[codeOf(error) ?? ""];
  if (reason === undefined || !(error instanceof Error)) return error;
  const where = "path" in error && typeof error.path === "string" ? `${error.path}: ` : "";
  return new OperationError(`${where}${reason}.`, { cause: error });
}
