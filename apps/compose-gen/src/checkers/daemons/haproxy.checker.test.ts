import path from "node:path";
import { haproxyRules } from "@matriarch/haproxy-config";
import { TABLES } from "@matriarch/haproxy-config/testing";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { checkedBundle } from "../checked-bundle.ts";
import { type Bench, removeBench, startBench } from "../sample/bench.ts";
import { acceptedSets, refusals, shareOf } from "./draw.ts";
import { ASK_HAPROXY, readHaproxyFacts } from "./haproxy-facts.ts";
import { HAPROXY_ROWS, haproxyDraws } from "./haproxy-trial.ts";
import { errorsOf, trialTopology, writeTrial } from "./trial.ts";

const folder = path.join(inject("bundles"), "parameters-haproxy");
const drawing = { rows: HAPROXY_ROWS, drawsOf: haproxyDraws, count: 400 };

function judge(parameters: Parameters<typeof trialTopology>[1]): string[] {
  const topology = trialTopology("haproxy", parameters);
  return errorsOf(haproxyRules.flatMap((rule) => rule(topology)));
}

/** Puts a directive into the global section, in place of one that stands there; a blank further in than what the check replaces. */
function withDirective(content: string, keyword: string, words: string): string {
  const lines = content.split("\n").filter((line) => !line.startsWith(`  ${keyword} `));
  const global = lines.indexOf("global");
  return [...lines.slice(0, global + 1), `   ${keyword} ${words}`, ...lines.slice(global + 1)].join("\n");
}

let bench: Bench;
beforeAll(async () => {
  bench = await startBench(await checkedBundle("minimal"), "haproxy", folder, "parameters");
});
afterAll(() => removeBench("haproxy", "parameters"));

/** What HAProxy's checker complains of, by place. */
async function complaints(places: readonly number[], member: string): Promise<ReadonlyMap<number, string>> {
  const said = await bench.check(
    "haproxy.sh",
    places.map((place) => ({ place, member: { name: member } })),
  );
  expect(said).toContain(`${places.length} checked`);
  return new Map([...said.matchAll(/^(\d+) \S+: (.*)$/gm)].map(([, place, text = ""]) => [Number(place), text]));
}

describe("HAProxy", { timeout: 300_000 }, () => {
  test("knows every keyword and every name that the table has, and no other", async () => {
    const { version, table } = readHaproxyFacts(await bench.ask(ASK_HAPROXY));
    const free = new Set(HAPROXY_ROWS.map(({ key }) => key));
    const verdicts = ({ keywords, ...names }: typeof table) => ({ ...names, keywords: keywords.filter((keyword) => free.has(keyword)) });
    if (JSON.stringify(table) !== JSON.stringify(TABLES["debian-13"]))
      console.warn(`HAProxy ${version} says something else: pnpm platforms:haproxy`);
    expect(verdicts(table)).toEqual(verdicts(TABLES["debian-13"]));
  });

  test("accepts every drawn set that the rules accept", async () => {
    const all = acceptedSets(drawing).filter((set) => judge(set).every((error) => !error.includes("threads")));
    expect(all.length).toBeGreaterThanOrEqual(300);
    const sets = shareOf(all, inject("propertyRuns"));
    const [{ name } = { name: "" }] = trialTopology("haproxy", {}).haproxy;
    for (const [place, set] of sets.entries()) {
      expect({ set, errors: judge(set) }).toEqual({ set, errors: [] });
      await writeTrial(folder, place, trialTopology("haproxy", set), name);
    }
    const said = await complaints([...sets.keys()], name);
    expect([...said].map(([place, text]) => ({ set: sets[place], text }))).toEqual([]);
  });

  test("refuses every drawn value that the rules refuse", async () => {
    const all = refusals(drawing);
    expect(all.length).toBeGreaterThanOrEqual(300);
    const drawn = shareOf(all, inject("propertyRuns"));
    const base = trialTopology("haproxy", {});
    const [{ name } = { name: "" }] = base.haproxy;
    for (const [place, { key, value }] of drawn.entries()) {
      expect({ key, value, errors: judge({ [key]: value }).length }).toEqual({ key, value, errors: 1 });
      await writeTrial(folder, place, base, name, (file, content) =>
        file === "haproxy.cfg" ? withDirective(content, key, String(value)) : content,
      );
    }
    const said = await complaints([...drawn.keys()], name);
    expect(drawn.filter((_, place) => !said.has(place))).toEqual([]);
  });
});
