import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Argument, Command, Option } from "commander";
import { describe, expect, test } from "vitest";
import { commandLine } from "../cli.ts";
import { temporaryFolder } from "../testing/folder.ts";
import { renderBash } from "./bash.ts";
import { renderFish } from "./fish.ts";
import { completionModel, optionsAfter } from "./model.ts";
import { renderZsh } from "./zsh.ts";

/** A program with one of everything, and with characters that some shell gives a meaning to. */
function sample(): Command {
  const program = new Command("sample-gen").version("1").option("-q, --quiet", "say [less]: the user's wish");
  program.command("read").description("read it: 'quoted' \\ [x]").argument("<file>", "what").option("--out <folder>", "where to");
  program
    .command("pick")
    .description("pick one")
    .addArgument(new Argument("<one>", "which").choices(["this", "that"]));
  const odd = program.command("odd").description("takes nothing");
  odd.addOption(new Option("-f, --format <format>", "how").choices(["human", "json"])).option("--count <number>", "how many");
  return program;
}

const SCRIPTS = { bash: renderBash, zsh: renderZsh, fish: renderFish };

test.each(["bash", "zsh", "fish"] as const)("the script for %s has a word for each part of the tree", async (shell) => {
  await expect(SCRIPTS[shell](completionModel(sample()))).toMatchFileSnapshot(`../../fixtures/completion/sample-gen.${shell}`);
});

describe("every command and option of compose-gen can be completed", () => {
  const model = completionModel(commandLine(() => undefined));

  test.each(["bash", "zsh", "fish"] as const)("in %s", (shell) => {
    const script = SCRIPTS[shell](model);
    const options = model.commands.flatMap((command) => optionsAfter(command, model)).flatMap(({ names }) => names);
    expect(model.commands.length).toBeGreaterThan(5);
    for (const { name } of model.commands) expect(script).toContain(name);
    for (const name of new Set(options)) expect(script).toContain(shell === "fish" ? name.replace(/^-+/, "") : name);
  });

  test("in bash itself: the script is loaded without a word, and completes every command", () => {
    for (const { name } of model.commands)
      expect(inBash(renderBash(model), "_compose_gen", ["compose-gen", name.slice(0, -1)])).toContain(name);
  });
});

/** What bash offers for the last of these words. */
function inBash(script: string, name: string, words: readonly string[], cwd = "."): string[] {
  const line = words.map((word) => `'${word}'`).join(" ");
  const program = `${script}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; ${name}; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync("bash", ["--norc", "--noprofile", "-u", "-c", program], { cwd, encoding: "utf8" });
  if (status !== 0 || stderr !== "") throw new Error(stderr);
  return stdout.split("\n").filter((word) => word !== "");
}

describe("bash completes", () => {
  const script = renderBash(completionModel(sample()));
  const complete = (...words: readonly string[]) => inBash(script, "_sample_gen", ["sample-gen", ...words]);

  test.each([
    [
      "the commands and the options of the program",
      [""],
      ["read", "pick", "odd", "help", "-V", "--version", "-q", "--quiet", "-h", "--help"],
    ],
    ["what was begun", ["re"], ["read"]],
    ["a command after an option", ["-q", "p"], ["pick"]],
    ["the options of a command, and those of the program", ["odd", "--"], ["--format", "--count", "--help", "--version", "--quiet"]],
    ["the values of an option", ["odd", "--format", ""], ["human", "json"]],
    ["the values of an option by its short name", ["odd", "-f", "j"], ["json"]],
    ["the values of an option after an equals sign", ["odd", "--format", "=", "h"], ["human"]],
    ["every value right after an equals sign", ["odd", "--format", "="], ["human", "json"]],
    ["nothing where a shell cannot know", ["odd", "--count", ""], []],
    ["nothing where nothing is taken", ["odd", ""], []],
    ["the values of an argument", ["pick", "th"], ["this", "that"]],
    ["the commands that there is help for", ["help", "o"], ["odd"]],
    ["nothing after a command that there is not", ["unknown", ""], []],
  ])("%s", (_, words, offered) => {
    expect(complete(...words)).toEqual(offered);
  });

  test("files and folders, with spaces in their names", async () => {
    const cwd = await temporaryFolder();
    await mkdir(path.join(cwd, "a folder"));
    await writeFile(path.join(cwd, "a file.yaml"), "");
    expect(inBash(script, "_sample_gen", ["sample-gen", "read", "a"], cwd).toSorted()).toEqual(["a file.yaml", "a folder"]);
    expect(inBash(script, "_sample_gen", ["sample-gen", "read", "--out", ""], cwd)).toEqual(["a folder"]);
  });
});
