import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PAGES = globSync(["*.md", "docs/**/*.md", "{packages,apps}/*/README.md"], { cwd: ROOT }).toSorted();

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

/** What stands in a page as code: fenced blocks, and spans between backticks. */
function codeIn(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```\w*[^\n]*\n(?<code>.*?)^```/gmsu)].map(({ groups }) => groups?.["code"] ?? "");
  const rest = markdown.replaceAll(/^```.*?^```/gmsu, "");
  return [
    ...blocks.flatMap((block) => block.split("\n")),
    ...[...rest.matchAll(/`(?<code>[^`\n]+)`/gu)].map(({ groups }) => groups?.["code"] ?? ""),
  ];
}

/** The words after a program, where a page shows it being called. */
function callsIn(markdown: string, call: RegExp): string[] {
  const words = codeIn(markdown).flatMap((code) => [...code.matchAll(call)].map(({ groups }) => groups?.["word"] ?? ""));
  return [...new Set(words)].toSorted((a, b) => (a < b ? -1 : 1));
}

const makeTargets = [...read("Makefile").matchAll(/^(?<word>[a-z-]+):.*## /gm)].map(({ groups }) => groups?.["word"] ?? "");

const help = execFileSync(process.execPath, [join(ROOT, "apps/compose-gen/src/main.ts"), "--help"], { encoding: "utf8" });
const commands = [...help.matchAll(/^ {2}(?<word>[a-z]+)\b/gm)].map(({ groups }) => groups?.["word"] ?? "");

const script = read("apps/compose-gen/fixtures/minimal/cluster");
const usage = /^Usage: .*?^EOF$/ms.exec(script)?.[0] ?? "";
const clusterCommands = [...usage.matchAll(/^ {2}(?<word>[a-z]+)\b/gm)].map(({ groups }) => groups?.["word"] ?? "");

const PROGRAMS = [
  { name: "make", call: /(?:^|&& |: )(?:FORCE=1 |PURGE=1 )*make (?<word>[a-z][a-z-]*)/gu, known: makeTargets },
  { name: "compose-gen", call: /(?:^|[ /|])compose-gen (?<word>[a-z]+)/gu, known: commands },
  { name: "the cluster's script", call: /(?:^|[ /])\.?\/cluster (?<word>[a-z]+)/gu, known: clusterCommands },
];

describe.each(PROGRAMS)("what pages tell to type: $name", ({ call, known }) => {
  test("is known here by more than one word, or this test sees nothing", () => {
    expect(known.length).toBeGreaterThan(5);
  });

  test.each(PAGES)("%s names only what exists", (page) => {
    expect(callsIn(read(page), call).filter((word) => !known.includes(word))).toEqual([]);
  });
});
