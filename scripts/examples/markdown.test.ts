import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { examplesOf, fencesOf, withOutputs } from "./markdown.ts";
import { runModule } from "./run.ts";

const TEXT = "Before.\n\n```sh\nls\n```\n\n```ts\nconsole.log(1);\n```\n\nprints\n\n```text\n1\n```\n\n```ts named.ts\nlet x;\n```\n";

describe("a text", () => {
  test("has its fenced blocks found, with their names", () => {
    expect(fencesOf(TEXT).map(({ info }) => info)).toEqual(["sh", "ts", "text", "ts named.ts"]);
  });

  test("shows each example with what it prints; a file with a name is none", () => {
    expect(examplesOf(TEXT)).toEqual([{ code: "console.log(1);\n", output: "1\n" }]);
  });

  test("gets other outputs, and nothing else changes", () => {
    expect(withOutputs(TEXT, ["1\n"])).toBe(TEXT);
    expect(withOutputs(TEXT, ["two\n$& lines\n"])).toBe(TEXT.replace("text\n1\n", () => "text\ntwo\n$& lines\n"));
  });

  test.each([
    ["at the end", "```ts\nx\n```\n"],
    ["before another", "```ts\nx\n```\n```ts\ny\n```\n```\n1\n```\n"],
  ])("that leaves the output of an example out, %s, is refused", (_, text) => {
    expect(() => examplesOf(text)).toThrow("not followed by what it prints");
  });
});

describe("a module", () => {
  test("is run, types and all", () => {
    expect(runModule("const x: number = 1;\nconsole.log(x);\n", tmpdir())).toBe("1\n");
  });

  test.each([
    ["that throws", "throw new Error('no');", "exits with 1"],
    ["that complains", "console.error('no');", "exits with 0: no"],
  ])("%s is a failure", (_, code, message) => {
    expect(() => runModule(code, tmpdir())).toThrow(message);
  });
});
