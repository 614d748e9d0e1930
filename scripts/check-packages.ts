// Judges what is published: the tarballs, by publint and by arethetypeswrong.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { packAll } from "./packed/pack.ts";

// The libraries are ES modules and nothing else; a program has no entry point that could be imported.
const JUDGES = [
  { command: "publint", options: ["--strict"], judges: () => true },
  {
    command: "attw",
    options: ["--profile", "esm-only", "--format", "ascii"],
    judges: (file: string) => !basename(file).includes("compose-gen"),
  },
];

function passes(command: string, args: readonly string[]): boolean {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) console.error(`${command} ${args.join(" ")}\n${stdout}${stderr}`);
  return status === 0;
}

const folder = mkdtempSync(join(tmpdir(), "matriarch-packages-"));
try {
  const tarballs = packAll(folder);
  const refused = JUDGES.flatMap(({ command, options, judges }) =>
    tarballs.filter(judges).filter((file) => !passes(command, [file, ...options])),
  );
  console.log(`${tarballs.length} tarballs, ${refused.length} refusals`);
  if (refused.length > 0 || tarballs.length === 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
