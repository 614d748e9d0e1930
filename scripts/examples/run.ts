import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Runs a module as if it stood in a folder, from where its imports are looked up. Returns what it printed.
 * @throws Error when it fails, or writes to standard error
 */
export function runModule(code: string, folder: string): string {
  const file = join(folder, `.example-${randomUUID()}.ts`);
  writeFileSync(file, code);
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd: folder, encoding: "utf8" });
    if (status !== 0 || stderr !== "") throw new Error(`an example exits with ${status}: ${stderr}`);
    return stdout;
  } finally {
    rmSync(file);
  }
}
