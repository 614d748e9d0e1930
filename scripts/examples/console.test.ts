import { expect, test } from "vitest";
import { replay, typedIn } from "./console.ts";

test("a session is what was typed, over several lines where it goes on, and what was printed", () => {
  expect(typedIn("```console\n$ a <<'END'\n> b\n> END\nprinted\n$ c\n```\n")).toEqual(["a <<'END'\nb\nEND\n", "c\n"]);
});

test("other blocks are not run", () => {
  expect(typedIn("```sh\n$ a\n```\n\n```console\n$ b\n```\n")).toEqual(["b\n"]);
});

test("a replay has what is printed now in place of what was, and nothing else changes", () => {
  const text = "A\n\n```console\n$ a\nold\n$ b\n```\n\nold\n";
  expect(replay(text, (command) => `${command.trim()} now\n`)).toBe("A\n\n```console\n$ a\na now\n$ b\nb now\n```\n\nold\n");
});
