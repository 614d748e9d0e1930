import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PAGES = globSync(["*.md", "docs/**/*.md", "{packages,apps}/*/README.md"], { cwd: ROOT }).toSorted();
const LINK = /\]\((?<target>[^)\s]+)\)/g;

/** The names by which a page's headings are linked to. */
function anchorsOf(file: string): string[] {
  const headings = readFileSync(file, "utf8").match(/^#+ .*$/gm) ?? [];
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, "")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function isBroken(page: string, target: string): boolean {
  if (/^https?:/.test(target)) return false;
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? join(ROOT, page) : join(ROOT, dirname(page), path);
  return !existsSync(file) || (anchor !== undefined && !anchorsOf(file).includes(anchor));
}

test.each(PAGES)("the links of %s lead somewhere", (page) => {
  const targets = [...readFileSync(join(ROOT, page), "utf8").matchAll(LINK)].map(({ groups }) => groups?.["target"] ?? "");
  expect(targets.filter((target) => isBroken(page, target))).toEqual([]);
});

test("every page of docs/ can be reached from the README", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  expect(globSync("docs/*.md", { cwd: ROOT }).filter((page) => !readme.includes(`(${page})`))).toEqual([]);
});
