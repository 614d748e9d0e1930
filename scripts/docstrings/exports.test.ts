import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { exportsOf } from "./exports.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PACKAGES = globSync("packages/*", { cwd: ROOT }).toSorted();

test.each(PACKAGES)("everything that %s exports says what it is", (folder) => {
  const found = exportsOf(join(ROOT, folder, "src/index.ts"));
  expect(found.length).toBeGreaterThan(3);
  expect(found.filter(({ isDocumented }) => !isDocumented).map(({ name, file }) => `${relative(ROOT, file)}: ${name}`)).toEqual([]);
});

test("exports are found through every form of passing on, with and without a comment", () => {
  const folder = mkdtempSync(join(tmpdir(), "matriarch-docstrings-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write(
    "index.ts",
    'export { a, type B } from "./one.ts";\nexport * from "./two.ts";\nexport type * from "./two.ts";\nexport {\n  missing,\n} from "./one.ts";\n',
  );
  write("one.ts", "/** Says. */\nexport const a = 1;\nexport interface B {}\n/** Private. */\nexport type Hidden = string;\n");
  write("two.ts", "/** Says. */\nexport async function c() {}\n\n/** Of something else. */\n\nexport class D {}\n");
  expect(exportsOf(join(folder, "index.ts")).map(({ name, isDocumented }) => [name, isDocumented])).toEqual([
    ["a", true],
    ["B", false],
    ["c", true],
    ["D", false],
    ["c", true],
    ["D", false],
    ["missing", false],
  ]);
});
