import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { examplesOf, withOutputs } from "./markdown.ts";
import { runModule } from "./run.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** The package that depends on all others: what uses several of them is run there. */
const USER_OF_ALL = "apps/compose-gen";

const PACKAGES = globSync("packages/*", { cwd: ROOT }).toSorted();
const TEXTS = [...PACKAGES.map((folder) => ({ text: `${folder}/README.md`, folder })), { text: "docs/libraries.md", folder: USER_OF_ALL }];

// `vitest -u` writes what the examples print into the texts, like any golden.
test.each(TEXTS)("the examples of $text print what it says", async ({ text, folder }) => {
  const markdown = readFileSync(join(ROOT, text), "utf8");
  const outputs = examplesOf(markdown).map(({ code }) => runModule(code, join(ROOT, folder)));
  expect(outputs.length).toBeGreaterThan(0);
  await expect(withOutputs(markdown, outputs)).toMatchFileSnapshot(join(ROOT, text));
});

describe.each(PACKAGES)("the README of %s", (folder) => {
  const markdown = readFileSync(join(ROOT, folder, "README.md"), "utf8");
  const { name } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as { readonly name: string };

  test("says how it is installed and where to read on", () => {
    expect(markdown).toMatch(new RegExp(`^# ${name}\n`));
    expect(markdown).toContain(`npm install ${name}`);
    expect(markdown).toContain("docs/libraries.md");
  });

  test("has an example that imports it", () => {
    expect(examplesOf(markdown)[0]?.code).toContain(` from "${name}";`);
  });
});
