import { readdir } from "node:fs/promises";
import path from "node:path";
import { LEDGER_FILE } from "../bundle.ts";
import type { AppliedState, StoredGeneration } from "../change/before.ts";
import { FACTS_FILE } from "../change/facts.ts";
import { readIfPresent, statIfPresent } from "./atomic-file.ts";
import { OperationError } from "./errors.ts";
import { RENDERED, currentGeneration, readManifest } from "./generation.ts";

/** What `./cluster` remembers of what it started. */
export const APPLIED = ".applied";
/** Its own notes there; every other file has the name of a member. */
const NOTES: readonly string[] = [FACTS_FILE, LEDGER_FILE, "images", "stopped", "forgotten", "unfinished"];

async function readApplied(directory: string): Promise<AppliedState | undefined> {
  const folder = path.join(directory, APPLIED);
  if ((await statIfPresent(folder)) === undefined) return undefined;
  const names = await readdir(folder);
  return {
    facts: await readIfPresent(path.join(folder, FACTS_FILE)),
    started: names.filter((name) => !NOTES.includes(name) && !name.endsWith(".tmp")),
    isStopped: names.includes("stopped"),
    forgotten: ((await readIfPresent(path.join(folder, "forgotten"))) ?? "").split("\n").filter((line) => line !== ""),
  };
}

/** Cluster of a generation; `undefined` where its manifest is damaged: whether that matters is for who writes to say. */
async function scopeOf(folder: string): Promise<string | undefined> {
  try {
    return (await readManifest(folder))?.scope;
  } catch (error) {
    if (error instanceof OperationError) return undefined;
    throw error;
  }
}

/** Reads what a change of the bundle in a folder has to be compared with. */
export async function readStoredGeneration(directory: string): Promise<StoredGeneration> {
  const rendered = path.join(directory, RENDERED);
  const generation = await currentGeneration(rendered);
  const folder = path.join(rendered, generation ?? "");
  const read = (name: string) => readIfPresent(path.join(folder, name));
  const [compose, promises] = generation === undefined ? [] : [await read("compose.yaml"), await read("promises.json")];
  return {
    ledger: await readIfPresent(path.join(directory, LEDGER_FILE)),
    applied: await readApplied(directory),
    scope: generation === undefined ? undefined : await scopeOf(folder),
    rendered: compose === undefined || promises === undefined ? undefined : { compose, promises },
  };
}
