import { describe, expect, test } from "vitest";
import { type ProcessReading, type Reading, sampleOf } from "./reading.ts";

function process(id: string, owner: ProcessReading["owner"], used: number, more: Partial<ProcessReading> = {}): ProcessReading {
  return { id, name: id, owner, used, usedByEnded: 0, bytes: 0, memory: 0, ...more };
}

function reading(at: number, processes: readonly ProcessReading[], more: Partial<Reading> = {}): Reading {
  const stalled = { processors: 0, disk: 0, memory: 0 };
  return { at, processors: 2, idle: 0, steal: 0, stalled, memory: { total: 100, available: 50 }, processes, ...more };
}

describe("a sample", () => {
  test("shares out the processors: two seconds of two are four", () => {
    const before = reading(10, [process("node", "verifier", 5), process("postgres", "cluster", 100), process("make", "others", 7)]);
    const after = reading(12, [process("node", "verifier", 5.4), process("postgres", "cluster", 101), process("make", "others", 9)], {
      idle: 0.4,
      steal: 0.2,
    });
    const { used, idle, steal, from, to } = sampleOf(before, after);
    expect(used).toMatchObject({ cluster: 0.25, others: 0.5, engine: 0, kernel: 0 });
    expect(used.verifier).toBeCloseTo(0.1);
    expect([idle, steal, from, to]).toEqual([0.1, 0.05, 10, 12]);
  });

  test("counts what began and ended in between by whoever waited for it: a compiler that is started a hundred times is seen", () => {
    const after = reading(12, [process("make", "others", 0, { usedByEnded: 3 })]);
    const sample = sampleOf(reading(10, [process("make", "others", 0)]), after);
    expect(sample.used.others).toBeCloseTo(0.75);
    expect(sample.names).toEqual({ make: 0, "short-lived programs": 0.75 });
  });

  test("counts nothing twice when a process ends that was seen before", () => {
    const before = reading(10, [process("make", "others", 0), process("cc", "others", 3)]);
    const after = reading(12, [process("make", "others", 0, { usedByEnded: 3.4 })]);
    const { used, names } = sampleOf(before, after);
    expect(used.others).toBeCloseTo(0.1);
    expect(names["short-lived programs"]).toBeCloseTo(0.1);
  });

  test("takes a number that is used again for another process", () => {
    const sample = sampleOf(reading(10, [process("42 1", "others", 50)]), reading(12, [process("42 2", "cluster", 1)]));
    expect(sample.used).toMatchObject({ cluster: 0.25, others: 0 });
  });

  test("tells how long somebody waited, and nothing where the kernel does not tell", () => {
    const stalled = { processors: 1, disk: 0.5, memory: 0 };
    expect(sampleOf(reading(10, []), reading(12, [], { stalled })).stalled).toEqual({ processors: 0.5, disk: 0.25, memory: 0 });
    expect(sampleOf(reading(10, []), reading(12, [], { stalled: null })).stalled).toBeNull();
  });

  test("tells whose bytes went to disks, and nothing where none went", () => {
    const before = reading(10, [process("a", "others", 0), process("b", "cluster", 0)]);
    expect(sampleOf(before, before).othersBytes).toBeNull();
    expect(
      sampleOf(before, reading(12, [process("a", "others", 0, { bytes: 30 }), process("b", "cluster", 0, { bytes: 10 })])).othersBytes,
    ).toBe(0.75);
  });
});
