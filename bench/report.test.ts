import { describe, expect, test } from "vitest";
import { isMet, measurementOf } from "./measurement.ts";
import { formatReport } from "./report.ts";

describe("samples", () => {
  test("are summed up by their median, least and most, in whatever order they come", () => {
    expect(measurementOf("a", "ms", [9, 1, 2])).toEqual({ name: "a", unit: "ms", n: 3, median: 2, min: 1, max: 9 });
    expect(measurementOf("a", "ms", [10, 9, 1, 2])).toMatchObject({ n: 4, median: 5.5 });
    expect(() => measurementOf("a", "ms", [])).toThrow("no samples");
  });

  test("meet a target by their median", () => {
    expect(isMet(measurementOf("a", "ms", [1, 5, 9], 5))).toBe(true);
    expect(isMet(measurementOf("a", "ms", [1, 5.1, 9], 5))).toBe(false);
    expect(isMet(measurementOf("a", "ms", [1e9]))).toBe(true);
  });
});

test("a report shows the machine, every number and the target beside it", () => {
  const machine = { cpu: "CPU", processors: 2, memoryMib: 1024, kernel: "6", load: 0.5, node: "v26", v8: "14", matriarch: "1.2.3" };
  const measurements = [
    measurementOf("quick", "ms", [1, 2.25, 3], 15),
    measurementOf("slow", "ms", [1234.5], 1000),
    measurementOf("bare", "MiB", [7]),
  ];
  expect(formatReport({ machine, measurements })).toBe(`Matriarch 1.2.3, Node v26 (V8 14), Linux 6
CPU, 2 processors, 1024 MiB; load before: 0.5

       unit  n  median   min   max  target
quick  ms    3     2.3   1.0   3.0    ≤ 15  met
slow   ms    1    1235  1235  1235  ≤ 1000  MISSED
bare   MiB   1     7.0   7.0   7.0
`);
});
