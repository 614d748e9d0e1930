import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { newRecorder } from "../history/recorder.ts";
import { maskOf } from "../mask/mask.ts";
import { copyScenario, forgetScenario, historyKeeper, readHistory, readRun, setAside } from "./store.ts";

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "matriarch-store-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

const invocation = { process: 1, f: "add", key: "set", value: 1, endpoint: "app_rw", session: "persistent" } as const;

test("an event is on the disk before its operation goes on, and a secret in it is not", async () => {
  const folder = await temporaryFolder();
  const recorder = newRecorder(() => 5, historyKeeper(folder, "switchover", maskOf(["hunter2-hunter2"])));
  const done = recorder.invoke(invocation);
  expect(await readHistory(folder, "switchover")).toMatchObject({ events: [{ i: 0, phase: "invoke" }], torn: null });
  done({ phase: "fail", error: { sqlstate: null, where: "connect", message: "no entry for app:hunter2-hunter2" } });
  const saved = await readHistory(folder, "switchover");
  expect(saved?.events).toHaveLength(2);
  expect(JSON.stringify(saved)).not.toContain("hunter2");
});

test("a scenario that is played again into the same folder starts its history anew", async () => {
  const folder = await temporaryFolder();
  for (let round = 0; round < 2; round++) {
    newRecorder(() => round, historyKeeper(folder, "switchover", maskOf([]))).invoke(invocation);
  }
  expect((await readHistory(folder, "switchover"))?.events).toMatchObject([{ i: 0, t: 1 }]);
});

test("an earlier attempt keeps its files under another name, also where that was begun before and killed", async () => {
  const folder = await temporaryFolder();
  newRecorder(() => 1, historyKeeper(folder, "kill.1", maskOf([]))).invoke(invocation);
  const names = { from: "kill.1", to: "kill.1.before-1" };
  await setAside(folder, names);
  await setAside(folder, names);
  expect(await readHistory(folder, "kill.1")).toBeUndefined();
  expect((await readHistory(folder, "kill.1.before-1"))?.events).toHaveLength(1);
});

test("what was interrupted leaves nothing that the next attempt could be mistaken for; shards are copied with what they have", async () => {
  const [shard, whole] = [await temporaryFolder(), await temporaryFolder()];
  newRecorder(() => 1, historyKeeper(shard, "kill.1", maskOf([]))).invoke(invocation);
  await copyScenario(shard, whole, "kill.1");
  await copyScenario(shard, whole, "etcd");
  await forgetScenario(shard, "kill.1");
  expect(await readHistory(shard, "kill.1")).toBeUndefined();
  expect((await readHistory(whole, "kill.1"))?.events).toHaveLength(1);
});

test("a folder without a run, and a run of another version, are told apart", async () => {
  const folder = await temporaryFolder();
  await expect(readRun(folder)).rejects.toThrow(`${folder} has no run.json: it is not the folder of a saved run`);
  await writeFile(path.join(folder, "run.json"), '{"format": 2}');
  await expect(readRun(folder)).rejects.toThrow("run.json has format 2; this version reads format 1");
  expect(await readHistory(folder, "nothing")).toBeUndefined();
});
