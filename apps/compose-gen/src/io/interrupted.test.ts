import { existsSync } from "node:fs";
import { readFile, readdir, readlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Bundle } from "../bundle.ts";
import { temporaryFolder } from "../testing/folder.ts";
import { bundleOf, write } from "../testing/small-bundle.ts";
import { stateOf } from "../testing/state.ts";
import { handChanges } from "./generation.ts";
import { LOCK } from "./lock.ts";

/*
 * Every moment at which a render can be killed: a step is one call that changes the disk. From the chosen one on nothing
 * happens any more, not even cleaning up; a text is cut off in its middle. What is then on the disk is what SIGKILL leaves.
 */
const disk = vi.hoisted(() => ({ steps: [] as string[], killedAt: Infinity, failure: "killed" as "killed" | "ENOSPC" }));

vi.mock("node:fs/promises", async (importOriginal) => {
  const original = await importOriginal<typeof import("node:fs/promises")>();
  const CHANGES = ["chmod", "chown", "link", "mkdir", "rename", "rm", "rmdir", "symlink"] as const;
  const NEEDS_SPACE = ["link", "mkdir", "open", "rename", "symlink", "sync", "write"];
  /** Counts a step; fails when it is the chosen one, or when it comes after the process was killed. */
  const step = (name: string): void => {
    disk.steps.push(name);
    if (disk.failure === "killed" && disk.steps.length > disk.killedAt) throw new Error("killed");
    if (disk.failure === "ENOSPC" && disk.steps.length > disk.killedAt && NEEDS_SPACE.includes(name)) {
      throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    }
  };
  const counted = Object.fromEntries(
    CHANGES.map((name) => [
      name,
      async (...args: unknown[]) => {
        step(name);
        return (original[name] as (...args: unknown[]) => unknown)(...args);
      },
    ]),
  );
  const open = async (file: string, flags: string, mode?: number) => {
    if (flags !== "r") step("open");
    const handle = await original.open(file, flags, mode);
    return {
      stat: () => handle.stat(),
      close: () => handle.close(),
      // The machine itself does not stop here: a step, but no wait for the disk.
      sync: async () => step("sync"),
      chmod: async (value: number) => {
        step("chmod");
        await handle.chmod(value);
      },
      writeFile: async (text: string) => {
        try {
          step("write");
        } catch (error) {
          await handle.writeFile(text.slice(0, text.length / 2));
          throw error;
        }
        await handle.writeFile(text);
      },
    };
  };
  return { ...original, ...counted, open };
});

afterEach(() => {
  disk.killedAt = Infinity;
  disk.failure = "killed";
});

const KEYS = ["ca/cluster-ca", "node1/server"];

/** Two passwords in the environment file, a key with its certificate for each of these names. */
function full(text: string, keys: readonly string[]): Bundle {
  const pki = keys.flatMap((name) => [
    { path: `${name}.key`, content: `key of ${name}`, mode: 0o600, owner: null } as const,
    { path: `${name}.crt`, content: `certificate of ${name}`, mode: 0o644, owner: null } as const,
  ]);
  const secrets = ["node1/patroni.yml", "node1/root.json"].map(
    (file) => ({ path: file, content: `${file} ${text}`, mode: 0o400, owner: null, keepsBefore: file.endsWith(".json") }) as const,
  );
  return bundleOf(text, { pki, secrets, environment: `A=1\n${text}=2\n` });
}

/** The new one: every certificate, and the keys that do not exist yet. */
function changed(existing: readonly string[]): Bundle {
  const { pki, ...rest } = full("NEW", KEYS);
  const missing = pki.filter(({ path: file, mode }) => mode !== 0o600 || !existing.includes(file));
  return { ...rest, pki: missing.map((file) => (file.mode === 0o600 ? file : { ...file, content: `new ${file.path}` })) };
}

interface Case {
  readonly name: string;
  /** What is there before. */
  readonly before: Bundle | null;
  readonly after: Bundle;
}

const CASES: readonly Case[] = [
  { name: "the first", before: null, after: changed([]) },
  {
    name: "one of a changed topology, with a new key and renewed certificates",
    before: full("OLD", KEYS.slice(0, 1)),
    after: changed(["ca/cluster-ca.key"]),
  },
];

async function read(folder: string, file: string): Promise<string | undefined> {
  return readFile(path.join(folder, file), "utf8").catch(() => undefined);
}

async function kept(folder: string): Promise<Record<string, string | undefined>> {
  const names = [".env", ...KEYS.map((name) => `pki/${name}.key`), ...KEYS.map((name) => `pki/${name}.crt`)];
  const secrets = ["secrets/node1/patroni.yml", "secrets/node1/root.json"];
  return Object.fromEntries(await Promise.all([...names, ...secrets].map(async (name) => [name, await read(folder, name)] as const)));
}

/** Some hundred bundles are written: in memory, where that is to be had. */
const IN_MEMORY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

async function prepare(before: Bundle | null): Promise<string> {
  const folder = await temporaryFolder(IN_MEMORY);
  if (before !== null) await write(folder, before);
  return folder;
}

/** How many steps it takes, uninterrupted, and what is kept before and after. */
async function rehearse({ before, after }: Case) {
  const folder = await prepare(before);
  const old = await kept(folder);
  disk.steps = [];
  await write(folder, after);
  return { old, new: await kept(folder), steps: disk.steps.length };
}

async function writeUntil(folder: string, bundle: Bundle, killedAt: number): Promise<unknown> {
  disk.steps = [];
  disk.killedAt = killedAt;
  const outcome = await write(folder, bundle).then(
    () => "done",
    (error: unknown) => error,
  );
  disk.killedAt = Infinity;
  return outcome;
}

/** The process that held the lock is this one, and goes on: makes the lock that of an earlier one. */
async function letDie(folder: string): Promise<void> {
  const lock = await read(folder, LOCK);
  if (lock !== undefined) await writeFile(path.join(folder, LOCK), lock.replace(/"started":"\d+"/, '"started":"1"'));
}

async function textInForce(folder: string): Promise<string | undefined> {
  const generation = await readlink(path.join(folder, "rendered/current")).catch(() => undefined);
  if (generation === undefined) return undefined;
  expect(await handChanges(path.join(folder, "rendered", generation))).toEqual([]);
  return (await read(folder, "rendered/current/compose.yaml"))?.replace("compose.yaml ", "");
}

describe.each(CASES)("a render, $name", { timeout: 180_000 }, (one) => {
  test("killed at any step leaves the old bundle or the new one, and every kept file whole; the next completes it", async () => {
    const whole = await rehearse(one);
    const inForce = new Set<string | undefined>();
    for (let step = 0; step < whole.steps; step += 1) {
      const folder = await prepare(one.before);
      expect(await writeUntil(folder, one.after, step), `step ${step}`).toMatchObject({ message: "killed" });

      const text = await textInForce(folder);
      inForce.add(text);
      const left = await kept(folder);
      for (const [file, content] of Object.entries(left)) {
        expect([whole.old[file], whole.new[file]], `${file} after step ${step}`).toContain(content);
        if (text === "NEW") expect(content, `${file} in force after step ${step}`).toBe(whole.new[file]);
      }

      await letDie(folder);
      const existing = KEYS.map((name) => `${name}.key`).filter((file) => left[`pki/${file}`] !== undefined);
      await write(folder, changed(existing));
      expect(await textInForce(folder), `step ${step}`).toBe("NEW");
      expect(await kept(folder), `step ${step}`).toEqual(whole.new);
      const names = await readdir(folder, { recursive: true });
      expect(
        names.filter((name) => /\.tmp$|\.lock$/.test(name)),
        `step ${step}`,
      ).toEqual([]);
      expect(await readdir(path.join(folder, "rendered")), `step ${step}`).toHaveLength(2);
    }
    expect([...inForce]).toEqual([one.before === null ? undefined : "OLD", "NEW"]);
    expect(whole.steps).toBeGreaterThan(80);
  });

  test("on a disk that is full from any step on leaves all as it was, or a part of the new for the next render", async () => {
    const { steps } = await rehearse(one);
    const results = { unchanged: 0, changed: 0 };
    let folder = await prepare(one.before);
    for (let step = 0; step < steps; step += 1) {
      const [state, before] = [await stateOf(folder), await kept(folder)];
      disk.failure = "ENOSPC";
      const outcome = await writeUntil(folder, one.after, step);
      disk.failure = "killed";
      expect([one.before === null ? undefined : "OLD", "NEW"], `step ${step}`).toContain(await textInForce(folder));
      if (JSON.stringify(await kept(folder)) === JSON.stringify(before)) {
        results.unchanged += 1;
        expect(outcome).toMatchObject({ code: "ENOSPC" });
        expect(await stateOf(folder), `step ${step}`).toEqual(state);
      } else {
        results.changed += 1;
        folder = await prepare(one.before);
      }
    }
    expect(results.unchanged).toBeGreaterThan(steps / 3);
    expect(results.changed).toBeGreaterThan(10);
  });
});
