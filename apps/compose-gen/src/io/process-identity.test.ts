import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { type ProcessIdentity, ownIdentity, parseIdentity, presenceOf } from "./process-identity.ts";

const own = await ownIdentity();

test("this process runs, and its identity survives being written down", async () => {
  expect(own.pid).toBe(process.pid);
  expect(parseIdentity(JSON.stringify(own))).toEqual(own);
  expect(await presenceOf(own, own)).toBe("running");
});

test.for(["", "-", "17\n", "{}", '{"pid":-1,"host":"h","started":null,"boot":null,"namespace":null}'])("%j is no process", (text) => {
  expect(parseIdentity(text)).toBeUndefined();
});

test.for<[Partial<ProcessIdentity>, string]>([
  [{ started: "1" }, "gone"],
  [{ boot: "before" }, "gone"],
  [{ namespace: "pid:[1]" }, "elsewhere"],
  [{ host: "other" }, "elsewhere"],
  // Another machine has another boot as well.
  [{ host: "other", boot: "other" }, "elsewhere"],
])("one that differs in %j is %s", async ([changes, presence]) => {
  expect(await presenceOf({ ...own, ...changes }, own)).toBe(presence);
});

test("one that was killed and that its parent has not asked for is gone", async () => {
  // The shell becomes a program that never asks for its child.
  const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"]);
  const patiently = { timeout: 30_000 };
  try {
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const child = Number(line.toString());
    const nameOfParent = () => readFile(`/proc/${parent.pid}/comm`, "utf8");
    await expect.poll(nameOfParent, patiently).toBe("sleep\n");
    const fields = async () => (await readFile(`/proc/${child}/stat`, "utf8")).split(") ")[1]?.split(" ") ?? [];
    const identity = { ...own, pid: child, started: (await fields())[19] ?? "" };
    expect(await presenceOf(identity, own)).toBe("running");
    process.kill(child, "SIGKILL");
    await expect.poll(async () => (await fields())[0], patiently).toBe("Z");
    expect(await presenceOf(identity, own)).toBe("gone");
  } finally {
    parent.kill();
  }
});
