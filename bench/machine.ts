import { availableParallelism, cpus, loadavg, release, totalmem } from "node:os";
import { version } from "../apps/compose-gen/src/version.ts";

/** Where and with what something was measured. */
export interface Machine {
  readonly cpu: string;
  readonly processors: number;
  readonly memoryMib: number;
  readonly kernel: string;
  /** Processes that wanted to run, over the last minute: above the number of processors, the times are too long. */
  readonly load: number;
  readonly node: string;
  readonly v8: string;
  readonly matriarch: string;
}

export function readMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    processors: availableParallelism(),
    memoryMib: Math.round(totalmem() / 1024 ** 2),
    kernel: release(),
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    node: process.version,
    v8: process.versions.v8,
    matriarch: version,
  };
}
