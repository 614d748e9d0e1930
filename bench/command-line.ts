import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPacked } from "../scripts/packed/install.ts";
import { type Measurement, measurementOf } from "./measurement.ts";

const REFERENCE = fileURLToPath(new URL("../examples/two-datacenters/topology.yaml", import.meta.url));
const ROUNDS = 20;

function milliseconds(args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${args.join(" ")}: ${stderr}`);
  return performance.now() - start;
}

/** The command as its users have it, installed from the tarballs; each start beside one of Node that does nothing. */
export function measureCommandLine(): Measurement[] {
  const folder = mkdtempSync(join(tmpdir(), "matriarch-bench-"));
  try {
    const program = join(installPacked(folder), "node_modules/@matriarch/compose-gen/dist/main.js");
    const commands = [
      { name: "node -e 0, cold", args: ["-e", "0"] },
      { name: "compose-gen check, cold", args: [program, "check", REFERENCE], target: 300 },
    ];
    // The first start of each reads from the disk what the others find in memory.
    for (const { args } of commands) milliseconds(args);
    // Taking turns: what else the machine does meets both alike.
    const rounds = Array.from({ length: ROUNDS }, () => commands.map(({ args }) => milliseconds(args)));
    return commands.map(({ name, target }, index) =>
      measurementOf(
        name,
        "ms",
        rounds.map((round) => round[index] ?? Number.NaN),
        target,
      ),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
