import { describe, expect, it } from "vitest";
import { readList, readNumber, readSwitch } from "./literal.ts";

describe("a whole number", () => {
  // The first eleven from the documentation of parse_int in patroni/utils.py.
  it.each<[string | number, string | undefined, number]>([
    ["1", undefined, 1],
    ["0x400 MB ", "16384kB", 64],
    ["1MB", "kB", 1024],
    ["1000 ms", "s", 1],
    [50, undefined, 50],
    ["6GB", "16MB", 384],
    ["4097.4kB", "kB", 4097],
    ["4097.5kB", "kB", 4098],
    ["+0x400MB", "MB", 1024],
    ["-070d", "d", -56],
    [".5", undefined, 0],
    ["1.5", undefined, 2],
    ["2.5", undefined, 2],
    ["1e3", undefined, 1000],
    ["1GB", "8kB", 131_072],
    ["1.5GB", "MB", 1536],
    ["10min", "ms", 600_000],
    ["90s", "min", 2],
    ["500us", "ms", 0],
    ["-1", "MB", -1],
  ])("%j of %s is %d", (text, unit, number) => {
    expect(readNumber(text, "integer", unit)).toBe(number);
  });

  it.each([
    ["10Gb", "MB"],
    ["8gb", "MB"],
    ["1 sec", "ms"],
    ["1TB", undefined],
    ["1min", "kB"],
    ["08", undefined],
    ["1.", undefined],
    ["0X10", undefined],
    ["+.5", undefined],
    ["1_000", undefined],
    ["12 MBB", "MB"],
    ["nan", undefined],
    ["inf", undefined],
    ["", undefined],
    ["nonsense", "kB"],
  ])("%j of %s is none", (text, unit) => {
    expect(readNumber(text, "integer", unit)).toBeUndefined();
  });
});

describe("a number with a fraction", () => {
  it.each<[string | number, string | undefined, number]>([
    [1.1, undefined, 1.1],
    ["+0.0005 ", undefined, 0.0005],
    ["0.0005ms", "ms", 0],
    ["0.00051ms", "ms", 0.001],
    ["010", undefined, 10],
    ["1e-3", undefined, 0.001],
    ["1.5s", "ms", 1500],
  ])("%j of %s is %d", (text, unit, number) => {
    expect(readNumber(text, "real", unit)).toBeCloseTo(number);
  });

  it.each(["cheap", "0x10", "1,5", "1.1.1", "1e999", 5e-324])("%j is none", (text) => {
    expect(readNumber(text, "real")).toBeUndefined();
  });
});

it("on and off have four spellings each, which Patroni does not abbreviate as PostgreSQL does", () => {
  expect([true, "on", "TRUE", "yes", 1].map(readSwitch)).toEqual([true, true, true, true, true]);
  expect([false, "Off", "false", "no", "0"].map(readSwitch)).toEqual([false, false, false, false, false]);
  expect(["of", "t", " on", "", "enabled"].map(readSwitch)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

it("a list has commas between its items, which are in lower case unless quoted", () => {
  expect(readList(" A, b ")).toEqual(["a", "b"]);
  expect(readList('"A ""b"""')).toEqual(['A "b"']);
  expect(readList("")).toEqual([]);
  expect(["a b", "a,", ",a", '"a'].map(readList)).toEqual([undefined, undefined, undefined, undefined]);
});
