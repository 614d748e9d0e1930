import { expect, test } from "vitest";
import { ask, attempt, change, lacksPrograms, shellWord } from "./machine.ts";

test("a word that a shell would read otherwise is quoted, so that a command can be typed again", () => {
  expect(shellWord("--size=1M")).toBe("--size=1M");
  expect(shellWord("echo it's")).toBe(String.raw`'echo it'\''s'`);
});

test("what changes something is told before it is done, what asks is not", async () => {
  const told: string[] = [];
  const machine = { tell: (command: string) => void told.push(command) };
  await ask("true");
  await change(machine, "test", "a b", "=", "a b");
  expect((await attempt(machine, "false")).exitCode).toBe(1);
  expect(told).toEqual(["test 'a b' = 'a b'", "false"]);
});

test("a change that fails throws with the command", async () => {
  await expect(change({ tell: () => undefined }, "test", "a", "=", "b")).rejects.toThrow("test a = b: exit code 1");
});

test("programs that are not there are named", async () => {
  const { getuid } = process;
  process.getuid = () => 0;
  expect(await lacksPrograms(["sh", "no-such-program"])).toBe("this machine has no no-such-program");
  process.getuid = () => 1000;
  expect(await lacksPrograms([])).toBe("it takes root");
  if (getuid) process.getuid = getuid;
});
