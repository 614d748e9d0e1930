import { X509Certificate, createPrivateKey } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnvironment } from "@matriarch/topology";
import { expect, test } from "vitest";
import { type BundleOnDisk, readDisk } from "../testing/bundle-on-disk.ts";
import { temporaryFolder } from "../testing/folder.ts";
import type { Steps } from "../testing/kill-at-step.ts";
import { CHANGED, type Ending, SMALL, render } from "../testing/rendering.ts";

/** How many renders are killed; a thousand take half an hour. */
const KILLS = Number(process.env["MATRIARCH_KILLS"] ?? 40);
/** Renders that run at the same time. */
const WORKERS = 2;

/**
 * What a kill hit: `staging`: nothing has its name yet; `between`: some of what is kept has; `swapped`: the new bundle is in
 * force. Before and after, the lock is not held.
 */
type Hit = "before" | "staging" | "between" | "swapped" | "after";

interface Scenario {
  readonly name: string;
  /** The folder that every render begins with. */
  readonly from: string;
  readonly before: BundleOnDisk;
  /** Those of a render that is left alone. */
  readonly steps: Steps;
  /** Name of the new generation. */
  readonly generation: string;
}

const PRELOAD = fileURLToPath(new URL("../testing/kill-at-step.ts", import.meta.url));

/** Renders the changed topology, every certificate anew. */
function renderWatched(out: string, env: Record<string, string>): Promise<Ending> {
  return render(CHANGED, out, { args: ["--renew", "all"], preload: { module: PRELOAD, env } });
}

async function copyOf(from: string, root: string, name: string): Promise<string> {
  const out = path.join(root, name);
  await cp(from, out, { recursive: true, verbatimSymlinks: true });
  return out;
}

async function prepare(root: string, name: string, topology: string | null): Promise<Scenario> {
  const from = path.join(root, name);
  await mkdir(from);
  if (topology !== null) expect(await render(topology, from)).toMatchObject({ status: 0, stderr: "" });
  const out = await copyOf(from, root, `${name}-rehearsal`);
  const file = path.join(root, `${name}.json`);
  expect(await renderWatched(out, { STEPS_FILE: file })).toMatchObject({ status: 0, stderr: "" });
  const steps = JSON.parse(await readFile(file, "utf8")) as Steps;
  const { generation } = await readDisk(out);
  if (generation === null) throw new Error("the rehearsal put nothing in force");
  return { name, from, before: await readDisk(from), steps, generation };
}

function whatWasHit({ before, generation }: Scenario, left: BundleOnDisk): Hit {
  const isNew = left.generation === generation;
  if (!left.isLocked) return isNew ? "after" : "before";
  if (isNew) return "swapped";
  const isSame = left.kept.size === before.kept.size && [...left.kept].every(([file, text]) => before.kept.get(file) === text);
  return isSame ? "staging" : "between";
}

/** The old bundle or the new one, whole; each kept file whole; no key, no password lost. */
function expectIntact({ before, generation }: Scenario, left: BundleOnDisk): void {
  expect([before.generation, generation]).toContain(left.generation);
  expect(left.broken).toEqual([]);
  expect(left.links.length).toBeGreaterThanOrEqual(before.links.length);
  for (const [file, text] of before.kept) {
    if (file.endsWith(".key")) expect(left.kept.get(file), file).toBe(text);
    else expect([...left.kept.keys()], file).toContain(file);
  }
  for (const [file, text] of left.kept) {
    if (file.endsWith(".key")) expect(() => createPrivateKey(text), file).not.toThrow();
    if (file.endsWith(".crt")) expect(() => new X509Certificate(text), file).not.toThrow();
  }
  expectValuesKept(before, left);
}

/** Every password that had a value has the same one. */
function expectValuesKept(earlier: BundleOnDisk, later: BundleOnDisk): void {
  const [before, after] = [earlier, later].map(({ kept }) => parseEnvironment(kept.get(".env") ?? "", ".env"));
  expect(after?.diagnostics).toEqual([]);
  const values = Object.entries(before?.values ?? {}).filter(([, value]) => value !== "");
  expect(Object.entries(after?.values ?? {})).toEqual(expect.arrayContaining(values));
}

/** The next render, without `--force`, brings the new bundle into force and keeps all that the killed one had made. */
async function expectCompleted(out: string, { before, generation }: Scenario, left: BundleOnDisk): Promise<void> {
  expect(await render(CHANGED, out)).toMatchObject({ status: 0, stderr: "" });
  const completed = await readDisk(out);
  expect(completed).toMatchObject({ generation, broken: [], leftovers: [] });
  expect(completed.links).toHaveLength(5);
  expect(await readdir(path.join(out, "rendered"))).toEqual([generation, "current"].toSorted());
  expectValuesKept(left, completed);
  for (const [file, text] of left.kept) {
    if (file === ".env") continue;
    const good = file.endsWith(".key") ? [completed.kept.get(file)] : [completed.kept.get(file), before.kept.get(file)];
    expect(good, file).toContain(text);
  }
}

/** A random step: in turn one before anything has its name, one before the new generation is in force, one after that. */
function chooseStep(index: number, { placed, swapped, all }: Steps): number {
  const bounds = [1, placed, swapped, all];
  const [from, to] = [bounds[index % 3] ?? 1, bounds[(index % 3) + 1] ?? all];
  return from + Math.floor(Math.random() * (to - from));
}

async function killAll(root: string, scenario: Scenario, kills: number): Promise<Record<Hit, number>> {
  const hits: Record<Hit, number> = { before: 0, staging: 0, between: 0, swapped: 0, after: 0 };
  let next = 0;
  const work = async () => {
    for (let index = next++; index < kills; index = next++) {
      const out = await copyOf(scenario.from, root, `${scenario.name}-${index}`);
      await renderWatched(out, { KILL_AT_STEP: String(chooseStep(index, scenario.steps)) });
      const left = await readDisk(out);
      hits[whatWasHit(scenario, left)] += 1;
      expectIntact(scenario, left);
      await expectCompleted(out, scenario, left);
      await rm(out, { recursive: true });
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return hits;
}

test.for([
  ["first", null],
  ["changed", SMALL],
] as const)(
  "the %s render, killed at random steps of its writing, leaves the old bundle or the new one; the next one completes it",
  { timeout: 120_000 + KILLS * 10_000 },
  async ([name, topology]) => {
    const root = await temporaryFolder();
    const scenario = await prepare(root, name, topology);
    const kills = Math.ceil(KILLS / 2);
    const hits = await killAll(root, scenario, kills);
    const { all, placed, swapped, milliseconds } = scenario.steps;
    console.log(`${name}: ${kills} kills in ${all} steps (${placed}, ${swapped}) of ${milliseconds.toFixed(0)} ms:`, hits);
    expect(Math.min(hits.staging, hits.between, hits.swapped)).toBeGreaterThanOrEqual(kills / 6);
    expect(hits.staging + hits.between + hits.swapped).toBeGreaterThanOrEqual(kills * 0.8);
  },
);
