import path from "node:path";
import { pgbouncerRules } from "@matriarch/pgbouncer-config";
import { TABLES } from "@matriarch/pgbouncer-config/testing";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { checkedBundle } from "../checked-bundle.ts";
import { readRows } from "../pgbouncer-settings.ts";
import { type Bench, removeBench, startBench } from "../sample/bench.ts";
import { acceptedSets, refusals, shareOf } from "./draw.ts";
import { ASK_PGBOUNCER, readPgbouncerFacts } from "./pgbouncer-facts.ts";
import { isShown, PGBOUNCER_ROWS, pgbouncerDraws } from "./pgbouncer-trial.ts";
import { asText, errorsOf, trialTopology, writeTrial } from "./trial.ts";

const folder = path.join(inject("bundles"), "parameters-pgbouncer");
const drawing = { rows: PGBOUNCER_ROWS, drawsOf: pgbouncerDraws, count: 320 };
const judge = (parameters: Parameters<typeof trialTopology>[1]) => {
  const topology = trialTopology("pgbouncer", parameters);
  return errorsOf(pgbouncerRules.flatMap((rule) => rule(topology)));
};

let bench: Bench;
beforeAll(async () => {
  bench = await startBench(await checkedBundle("minimal"), "pgbouncer", folder, "parameters");
});
afterAll(() => removeBench("pgbouncer", "parameters"));

const NOTHING = { shown: new Map<string, string>(), log: "" };

/** What SHOW CONFIG says of each place, and the log. */
async function runAll(
  places: readonly number[],
  member: string,
): Promise<{ readonly shown: ReadonlyMap<string, string>; readonly log: string }[]> {
  const said = (
    await bench.check(
      "pgbouncer.sh",
      places.map((place) => ({ place, member: { name: member } })),
    )
  )
    .split("\u001D")
    .slice(0, -1);
  return said.map((part) => {
    const [, config = "", , , log = ""] = part.split("\u001E").map((text) => text.trim());
    return { shown: new Map(readRows(config).map(({ key = "", value = "" }) => [key, value])), log };
  });
}

describe("PgBouncer", { timeout: 300_000 }, () => {
  test("says of itself what the table says, as far as a verdict depends on it", async () => {
    const { version, config } = readPgbouncerFacts(await bench.ask(ASK_PGBOUNCER));
    const verdicts = (table: typeof config) =>
      Object.fromEntries(Object.entries(table).map(([key, { type, changeable }]) => [key, { type, changeable }]));
    if (JSON.stringify(config) !== JSON.stringify(TABLES["debian-13"]))
      console.warn(`PgBouncer ${version} says something else: pnpm platforms:pgbouncer`);
    expect(verdicts(config)).toEqual(verdicts(TABLES["debian-13"]));
  });

  test("puts every drawn set in force that the rules accept", async () => {
    const all = acceptedSets(drawing);
    expect(all.length).toBeGreaterThanOrEqual(300);
    const sets = shareOf(all, inject("propertyRuns"));
    const topologies = sets.map((parameters) => trialTopology("pgbouncer", parameters));
    const [{ name } = { name: "" }] = topologies[0]?.pgbouncer ?? [];
    for (const [place, topology] of topologies.entries()) {
      expect({ set: sets[place], errors: errorsOf(pgbouncerRules.flatMap((rule) => rule(topology))) }).toEqual({
        set: sets[place],
        errors: [],
      });
      await writeTrial(folder, place, topology, name);
    }
    const results = await runAll([...sets.keys()], name);
    const wrong = sets.flatMap((set, place) => {
      const { shown, log } = results[place] ?? NOTHING;
      const missing = Object.entries(set).filter(([key, value]) => !isShown(key, value, shown.get(key) ?? ""));
      const complaints = log.split("\n").filter((line) => /WARNING|ERROR|FATAL/.test(line));
      return missing.length + complaints.length === 0
        ? []
        : [{ set, missing: missing.map(([key]) => `${key}: ${shown.get(key)}`), complaints }];
    });
    expect(wrong).toEqual([]);
  });

  test("refuses, drops or changes every drawn value that the rules refuse", async () => {
    const all = refusals(drawing);
    expect(all.length).toBeGreaterThanOrEqual(300);
    const drawn = shareOf(all, inject("propertyRuns"));
    const base = trialTopology("pgbouncer", {});
    const [{ name } = { name: "" }] = base.pgbouncer;
    for (const [place, { key, value }] of drawn.entries()) {
      expect({ key, value, errors: judge({ [key]: value }).length }).toEqual({ key, value, errors: 1 });
      await writeTrial(folder, place, base, name, (file, content) =>
        file === "pgbouncer.ini" ? `${content}${key} = ${asText(value)}\n` : content,
      );
    }
    const results = await runAll([...drawn.keys()], name);
    const inForce = drawn.filter(({ key, value }, place) => {
      const { shown } = results[place] ?? NOTHING;
      return isShown(key, value, shown.get(key) ?? "nothing") && shown.get(key) === asText(value);
    });
    expect(inForce).toEqual([]);
  });
});
