import { lstat, readdir, readlink } from "node:fs/promises";
import path from "node:path";

/** Everything below a folder: inode, permissions and time of change of each file, target of each link. */
export async function stateOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => path.join(entry.parentPath, entry.name));
  const states = files.map(async (file) => {
    const { ino, mtimeMs, mode } = await lstat(file);
    const target = await readlink(file).catch(() => "");
    return [path.relative(folder, file), `${ino} ${mode.toString(8)} ${mtimeMs} ${target}`] as const;
  });
  return Object.fromEntries(await Promise.all(states));
}
