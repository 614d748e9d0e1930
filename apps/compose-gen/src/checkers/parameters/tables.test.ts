import { describe, expect, it } from "vitest";
import type { Facts, Validator } from "./facts.ts";
import { cipherWords, tablesOf } from "./tables.ts";

type Row = Facts["parameters"][string];

const ROW: Row = {
  type: "integer",
  unit: "MB",
  min: "2",
  max: "2147483647",
  words: null,
  context: "sighup",
  taken: [],
  patroni: null,
  shared: null,
};
const NUMBER: Validator = { type: "Integer", unit: "MB", words: null, min: 0, max: 1000 };
const WORDS: Row = { ...ROW, type: "enum", unit: null, words: ["minimal", "replica", "On", "off"] };
const SPELLINGS = ["on", "true", "yes", "1", "off", "false", "no", "0"];

function acceptsOf(row: Row, lists: Facts["lists"] = {}) {
  return tablesOf({
    versions: { postgresql: "17.0", patroni: "4.0.7", openssl: "3.5.0" },
    parameters: { some: row },
    libraries: { lib: { "lib.size": { type: "real", unit: null, min: "0", max: "1.79769e+308", words: null, context: "user" } } },
    lists,
    timeZones: [],
    locales: [],
    encodings: [],
    abbreviations: [],
    curves: [],
    ciphers: { suites: [], words: {} },
    maxStackDepth: 7680,
  });
}

const someOf = (row: Row, lists?: Facts["lists"]) => acceptsOf(row, lists).parameters["some"]?.accepts;

describe("what a parameter can be", () => {
  it("lies within the bounds of all who look at it", () => {
    expect(someOf(ROW)).toEqual({ type: "integer", min: 2, max: 2_147_483_647, unit: "MB" });
    expect(someOf({ ...ROW, patroni: NUMBER })).toEqual({ type: "integer", min: 2, max: 1000, unit: "MB" });
    expect(someOf({ ...ROW, patroni: NUMBER, shared: { ...NUMBER, min: 16, max: null } })).toMatchObject({ min: 16, max: 1000 });
  });

  it("has no bound where PostgreSQL shows the largest number that there is", () => {
    expect(acceptsOf(ROW).libraries["lib"]?.["lib.size"]?.accepts).toEqual({ type: "real", min: 0, max: Infinity });
  });

  it("is a word that all of them take; other spellings of on and off go without saying", () => {
    const taken = ["minimal", "replica", ...SPELLINGS];
    const shared: Validator = { type: "EnumBool", unit: null, words: ["Replica", "logical"], min: null, max: null };
    expect(someOf({ ...WORDS, taken })).toEqual({ type: "word", words: ["minimal", "replica", "on", "off"] });
    expect(someOf({ ...WORDS, taken, shared })).toEqual({ type: "word", words: ["replica", "on", "off"] });
    expect(someOf({ ...ROW, type: "bool", unit: null, taken: SPELLINGS })).toEqual({ type: "switch" });
    expect(someOf({ ...ROW, type: "bool", unit: null, taken: ["off", "false", "no", "0"] })).toEqual({ type: "word", words: ["off"] });
  });

  it("is a list where its items are known, and a text otherwise", () => {
    const text: Row = { ...ROW, type: "string", unit: null };
    expect(someOf(text)).toEqual({ type: "text" });
    expect(someOf(text, { some: ["a", "b"] })).toEqual({ type: "list", words: ["a", "b"] });
  });

  it("cannot be told where Patroni and PostgreSQL differ in more than bounds and words", () => {
    expect(() => someOf({ ...ROW, patroni: { ...NUMBER, unit: "kB" } })).toThrow("some is integer (MB), to Patroni Integer (kB)");
    expect(() => someOf({ ...ROW, patroni: { ...NUMBER, type: "Bool" } })).toThrow("to Patroni Bool");
    expect(() => someOf({ ...WORDS, taken: ["on", "off", "true"] })).toThrow("but not yes");
  });
});

it("a word for several cipher suites has a bit for each", () => {
  expect(cipherWords({ suites: ["a", "b", "c"], words: { some: [0, 2], none: [] } })).toEqual({ some: 5n, none: 0n });
});
