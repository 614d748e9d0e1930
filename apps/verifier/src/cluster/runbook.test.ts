import { expect, test } from "vitest";
import { readRunbook, stepsIn } from "./runbook.ts";

test("the steps of a runbook are its blocks of bash, with their names", () => {
  const page =
    "# Page\n\n```bash stop\ndocker stop a\ndocker stop b\n```\n\ntext\n\n```\noutput\n```\n\n```bash start\ndocker start a\n```\n";
  expect(stepsIn(page)).toEqual([
    { name: "stop", lines: "docker stop a\ndocker stop b\n" },
    { name: "start", lines: "docker start a\n" },
  ]);
});

test("a block without a name is no step: nobody would know what it was that failed", () => {
  expect(() => stepsIn("```bash\ndocker stop a\n```\n")).toThrow("a block of the runbook has no name: docker stop a");
});

test("the runbook for a lost datacenter fences before it promotes, and names each step once", async () => {
  const names = (await readRunbook("lost-datacenter")).map(({ name }) => name);
  expect(names).toEqual(["fence", "look", "etcd-alone", "promote", "etcd-join", "nodes", "home"]);
});
