import { lstat, readFile, readdir, readlink } from "node:fs/promises";
import path from "node:path";

/** Every byte below a folder: text of each file, target of each link, by path. */
export async function contentsOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return new Map(
    await Promise.all(
      files.map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        return [path.relative(folder, file), entry.isSymbolicLink() ? await readlink(file) : await readFile(file, "latin1")] as const;
      }),
    ),
  );
}

/** The same with everything that a write would leave a trace in: inode, permissions, owner, times of change, of folders as well. */
export async function pictureOf(folder: string): Promise<Record<string, string>> {
  const contents = await contentsOf(folder);
  const names = ["", ...(await readdir(folder, { recursive: true }))];
  const traces = names.map(async (name) => {
    const { ino, mode, uid, gid, mtimeNs, ctimeNs } = await lstat(path.join(folder, name), { bigint: true });
    return [name, `${ino} ${mode} ${uid} ${gid} ${mtimeNs} ${ctimeNs} ${contents.get(name) ?? ""}`] as const;
  });
  return Object.fromEntries(await Promise.all(traces));
}
