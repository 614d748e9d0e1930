import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** Writes a generated file, by its path in the repository, laid out by the formatter. */
export function writeGenerated(file: string, text: string): void {
  const target = path.join(ROOT, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
  execFileSync("oxfmt", [target], { cwd: ROOT, stdio: "inherit" });
}
