import { describe, expect, test } from "vitest";
import type { Sample } from "./reading.ts";
import { machineRecordOf, saturatedIn } from "./saturation.ts";
import { machineText, saturationText } from "./tell.ts";

function sample(more: Partial<Omit<Sample, "used">> & { readonly used?: Partial<Sample["used"]> } = {}): Sample {
  const used = { cluster: 0.2, verifier: 0.1, engine: 0.05, kernel: 0, others: 0.02, ...more.used };
  const rest = { from: 0, to: 2, idle: 0.6, steal: 0, stalled: { processors: 0.1, disk: 0, memory: 0 }, othersBytes: null, names: {} };
  return { ...rest, memory: { available: 0.5, others: 0.1 }, ...more, used };
}

describe("a machine is saturated by others", () => {
  test.each<[string, Sample, readonly string[]]>([
    ["where it is quiet: no", sample(), []],
    ["where others fill it", sample({ idle: 0.01, used: { others: 0.6 } }), ["processors"]],
    [
      "where others have half of it and everybody waits, although some is idle between",
      sample({ idle: 0.2, used: { others: 0.5 }, stalled: { processors: 0.8, disk: 0, memory: 0 } }),
      ["processors"],
    ],
    [
      "where the cluster fills it alone: no, that is its own fault",
      sample({ idle: 0, used: { cluster: 0.9 }, stalled: { processors: 1, disk: 0, memory: 0 } }),
      [],
    ],
    ["where the verifier fills it: no", sample({ idle: 0, used: { verifier: 0.9 } }), []],
    ["where others have much and much is left: no", sample({ idle: 0.4, used: { others: 0.4 } }), []],
    ["where others have a little of a full one: no", sample({ idle: 0, used: { cluster: 0.8, others: 0.1 } }), []],
    ["where its host takes it away", sample({ steal: 0.3 }), ["processors"]],
    ["without PSI, where nothing is idle and others have it", sample({ stalled: null, idle: 0.02, used: { others: 0.5 } }), ["processors"]],
    ["without PSI, by disk: nobody can tell", sample({ stalled: null, othersBytes: 1 }), []],
    [
      "by disk, where somebody waits for it and most bytes are others'",
      sample({ stalled: { processors: 0, disk: 0.7, memory: 0 }, othersBytes: 0.8 }),
      ["disk"],
    ],
    ["by disk, where the bytes are the cluster's: no", sample({ stalled: { processors: 0, disk: 0.7, memory: 0 }, othersBytes: 0.2 }), []],
    ["by memory, where nothing is left and others hold it", sample({ memory: { available: 0.02, others: 0.7 } }), ["memory"]],
    ["by memory, where the cluster holds it: no", sample({ memory: { available: 0.02, others: 0.2 } }), []],
  ])("%s", (_, given, found) => {
    expect(saturatedIn(given)).toEqual(found);
  });
});

describe("what is kept of a machine", () => {
  const busy = (from: number) =>
    sample({ from, to: from + 2, idle: 0, used: { others: 0.7 }, names: { bash: 0.5, tsc: 0.2, cron: 0.001 } });

  test("is means and highest shares, who was busiest, and when others had used it up, stretch by stretch", () => {
    const record = machineRecordOf([sample({ from: 0, to: 2 }), busy(2), busy(4), sample({ from: 6, to: 8 }), busy(8)]);
    expect(record).toMatchObject({
      seconds: 10,
      used: { others: { mean: 0.428, max: 0.7 } },
      busiest: [
        { name: "bash", share: 0.3 },
        { name: "tsc", share: 0.12 },
      ],
      saturated: [
        { from: 2, to: 6, by: ["processors"] },
        { from: 8, to: 10, by: ["processors"] },
      ],
    });
    expect(record && saturationText(record)).toBe("saturated by others (processors) for 6 of 10 s");
    expect(record && machineText(record)).toBe(
      "others 43 %, at most 70 %: bash 30 %, tsc 12 %; steal 0 %, at most 0 %; cluster 20 %, verifier 10 %, engine 5 %; idle 24 %; waited for processors 10 %, disk 0 %, memory 0 % of the time",
    );
  });

  test("says that a kernel does not tell who waits", () => {
    const record = machineRecordOf([sample({ stalled: null })]);
    expect(record?.stalled).toBeNull();
    expect(record && machineText(record)).toContain("this kernel does not tell who waits (no PSI)");
    expect(record && saturationText(record)).toBeNull();
  });

  test("is nothing where nobody looked twice", () => {
    expect(machineRecordOf([])).toBeNull();
  });
});
