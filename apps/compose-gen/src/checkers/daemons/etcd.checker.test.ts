import path from "node:path";
import { etcdRules } from "@matriarch/etcd-config";
import { TABLES } from "@matriarch/etcd-config/testing";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { z } from "zod";
import { checkedBundle } from "../checked-bundle.ts";
import { type Bench, removeBench, startBench } from "../sample/bench.ts";
import { acceptedSets, refusals, shareOf } from "./draw.ts";
import { ASK_ETCD, readEtcdFacts } from "./etcd-facts.ts";
import { ETCD_ROWS, etcdDraws, isContradicted } from "./etcd-trial.ts";
import { errorsOf, trialTopology, writeTrial } from "./trial.ts";

const folder = path.join(inject("bundles"), "parameters-etcd");
const drawing = { rows: ETCD_ROWS, drawsOf: etcdDraws, count: 320 };

function judge(parameters: Parameters<typeof trialTopology>[1]): string[] {
  const topology = trialTopology("etcd", parameters);
  return errorsOf(etcdRules.flatMap((rule) => rule(topology)));
}

/** Puts a key into the file, in place of one that stands there with the lines below it. */
function withKey(content: string, key: string, value: unknown): string {
  const without = content.replace(new RegExp(`^"${key}":.*\n(?:[ ].*\n)*`, "m"), "");
  return `${without}${key}: ${JSON.stringify(value)}\n`;
}

let bench: Bench;
beforeAll(async () => {
  bench = await startBench(await checkedBundle("minimal"), "etcd", folder, "parameters");
});
afterAll(() => removeBench("etcd", "parameters"));

/** The line in which each etcd says what it runs with, or the last that it said. */
async function startAll(places: readonly number[], member: string): Promise<readonly string[]> {
  const said = await bench.check(
    "etcd.sh",
    places.map((place) => ({ place, member: { name: member } })),
  );
  // One that logs to both outputs says it twice.
  const lines = said.split("\n").filter((line) => /^\d+ /.test(line));
  expect(lines).toHaveLength(places.length);
  return lines.map((line) => line.replace(/^\d+ /, ""));
}

const STARTED = '"starting an etcd server"';

describe("etcd", { timeout: 400_000 }, () => {
  test("has every flag and every suite that the table has, and no other", async () => {
    const { version, table } = readEtcdFacts(await bench.ask(ASK_ETCD));
    const free = new Set(ETCD_ROWS.map(({ key }) => key));
    const verdicts = ({ flags, suites }: typeof table) => ({ suites, flags: flags.filter((flag) => free.has(flag)) });
    if (JSON.stringify(table) !== JSON.stringify(TABLES["debian-13"]))
      console.warn(`etcd ${version} says something else: pnpm platforms:etcd`);
    expect(verdicts(table)).toEqual(verdicts(TABLES["debian-13"]));
  });

  test("starts with every drawn set that the rules accept, and says what was written", async () => {
    const all = acceptedSets(drawing).filter((set) => judge(set).length === 0 || Object.keys(set).length === 1);
    expect(all.length).toBeGreaterThanOrEqual(300);
    const sets = shareOf(all, inject("propertyRuns"));
    const [{ name } = { name: "" }] = trialTopology("etcd", {}).etcd;
    for (const [place, set] of sets.entries()) {
      expect({ set, errors: judge(set) }).toEqual({ set, errors: [] });
      await writeTrial(folder, place, trialTopology("etcd", set), name);
    }
    const lines = await startAll([...sets.keys()], name);
    const wrong = sets.flatMap((set, place) => {
      const line = lines[place] ?? "";
      if (!line.includes(STARTED)) return [{ set, line }];
      const said = z.record(z.string(), z.unknown()).parse(JSON.parse(line));
      return Object.entries(set).some(([key, value]) => isContradicted(key, value, said)) ? [{ set, line }] : [];
    });
    expect(wrong).toEqual([]);
  });

  test("does not start with any drawn value that the rules refuse", async () => {
    const all = refusals(drawing);
    expect(all.length).toBeGreaterThanOrEqual(300);
    const drawn = shareOf(all, inject("propertyRuns"));
    const base = trialTopology("etcd", {});
    const [{ name } = { name: "" }] = base.etcd;
    for (const [place, { key, value }] of drawn.entries()) {
      expect({ key, value, refused: judge({ [key]: value }).length > 0 }).toEqual({ key, value, refused: true });
      const written = /^(?:cipher-suites|log-outputs)$/.test(key) ? String(value).split(",") : value;
      await writeTrial(folder, place, base, name, (file, content) => (file === "etcd.yaml" ? withKey(content, key, written) : content));
    }
    const lines = await startAll([...drawn.keys()], name);
    expect(drawn.filter((_, place) => lines[place]?.includes(STARTED))).toEqual([]);
  });
});
