import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BACKEND_KIB, MAINTENANCE_WORKERS, memoryBudget, walBudget } from "./memory.ts";

const MIB = 1024;
const GIB = 1024 ** 2;

describe("the memory of a node", () => {
  it.each([
    ["1 GiB for 120 connections", GIB, 120, { sharedBuffers: 256, maintenanceWorkMem: 32, workMem: 4, effectiveCache: 512 }],
    ["4 GiB for 500 connections", 4 * GIB, 500, { sharedBuffers: 1024, maintenanceWorkMem: 128, workMem: 4, effectiveCache: 2048 }],
    ["64 GiB for 500 connections", 64 * GIB, 500, { sharedBuffers: 16384, maintenanceWorkMem: 1024, workMem: 127, effectiveCache: 32768 }],
  ])("is shared out: %s", (_, memory, connections, expected) => {
    const budget = memoryBudget(memory, connections);
    expect(Object.fromEntries(Object.entries(budget).map(([name, kib]) => [name, kib / MIB]))).toEqual(expected);
  });

  it("is never promised twice, from half a GiB and with 4 MiB for each connection", () => {
    fc.assert(
      fc.property(fc.integer({ min: GIB / 2, max: 1024 * GIB }), fc.integer({ min: 25, max: 10_000 }), (memory, connections) => {
        fc.pre(memory / 2 / connections >= 4 * MIB);
        const { sharedBuffers, maintenanceWorkMem, workMem } = memoryBudget(memory, connections);
        expect(sharedBuffers + MAINTENANCE_WORKERS * maintenanceWorkMem + connections * (BACKEND_KIB + workMem / 2)).toBeLessThanOrEqual(
          (memory * 7) / 8,
        );
      }),
    );
  });
});

it("the WAL follows the memory, within bounds", () => {
  expect(walBudget(GIB / 2)).toEqual({ max: GIB, min: GIB / 4, keepForSlots: 2 * GIB, keepAlways: GIB / 4 });
  expect(walBudget(256 * GIB).max).toBe(16 * GIB);
});
