import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Measurement, measurementOf } from "./measurement.ts";

const CHILD = fileURLToPath(new URL("render-clusters.ts", import.meta.url));
const ROUNDS = 3;
const COUNTS = [250, 500, 1000];
/** Of the largest count. */
const TARGETS = { ms: 10_000, MiB: 1024 };

interface Outcome {
  readonly milliseconds: number;
  /** Of all threads: what the machine did meanwhile for others is not in it. */
  readonly processorMilliseconds: number;
  readonly peakMib: number;
}

function renderClusters(count: number): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHILD, String(count)], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${count} clusters: ${stderr}`);
  return JSON.parse(stdout) as Outcome;
}

/** Clusters of eight nodes, each count in a process of its own: twice as many should take twice as long, and no more memory. */
export function measureManyClusters(): Measurement[] {
  return COUNTS.flatMap((count) => {
    const outcomes = Array.from({ length: ROUNDS }, () => renderClusters(count));
    const isLargest = count === COUNTS.at(-1);
    return [
      measurementOf(
        `${count} clusters of eight nodes`,
        "ms",
        outcomes.map(({ milliseconds }) => milliseconds),
        isLargest ? TARGETS.ms : undefined,
      ),
      measurementOf(
        `${count} clusters of eight nodes, processor time`,
        "ms",
        outcomes.map(({ processorMilliseconds }) => processorMilliseconds),
      ),
      measurementOf(
        `${count} clusters of eight nodes, peak memory`,
        "MiB",
        outcomes.map(({ peakMib }) => peakMib),
        isLargest ? TARGETS.MiB : undefined,
      ),
    ];
  });
}
