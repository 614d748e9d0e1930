import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import manifest from "../../apps/compose-gen/package.json" with { type: "json" };
import { replay, typedIn } from "../examples/console.ts";
import { examplesOf } from "../examples/markdown.ts";
import { runModule } from "../examples/run.ts";
import { installPacked } from "./install.ts";
import { ROOT } from "./pack.ts";

const LIBRARIES = globSync("packages/*", { cwd: ROOT })
  .map((folder) => folder.replace("packages/", "@matriarch/"))
  .toSorted();
const MINIMAL = join(ROOT, "examples/minimal/topology.yaml");
const CONSUMER = {
  compilerOptions: {
    module: "nodenext",
    target: "es2024",
    lib: ["es2024"],
    types: ["node"],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
  },
  include: ["*.ts"],
};

let folder = "";
let project = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "matriarch-packed-"));
  project = installPacked(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("installed from its tarball", () => {
  test.each(LIBRARIES)("%s renders what its own README says", (name) => {
    const markdown = readFileSync(join(project, "node_modules", name, "README.md"), "utf8");
    const examples = examplesOf(markdown);
    expect(examples.map(({ code }) => runModule(code, project))).toEqual(examples.map(({ output }) => output));
  });

  test("all of them together render what docs/libraries.md says", () => {
    const examples = examplesOf(readFileSync(join(ROOT, "docs/libraries.md"), "utf8"));
    expect(examples.map(({ code }) => runModule(code, project))).toEqual(examples.map(({ output }) => output));
  });

  test.each([...LIBRARIES, manifest.name])("%s brings no test, and sources for its source maps", (name) => {
    const files = globSync("**/*", { cwd: join(project, "node_modules", name) });
    expect(files.filter((file) => /\.test\.|(^|\/)(testing|checkers|fixtures)(\/|$)|tsbuildinfo/.test(file))).toEqual([]);
    const maps = files.filter((file) => file.endsWith(".js.map"));
    expect(maps.length).toBeGreaterThan(0);
    const sources = maps.map((file) => file.replace(/^dist\//, "src/").replace(/\.js\.map$/, ".ts"));
    expect(sources.filter((file) => !files.includes(file))).toEqual([]);
  });

  test("their types are complete: a strict compiler that reads them finds nothing", () => {
    for (const [index, name] of LIBRARIES.entries()) {
      writeFileSync(
        join(project, `all-${index}.ts`),
        `import * as library from "${name}";\nexport const names: string[] = Object.keys(library);\n`,
      );
    }
    writeFileSync(
      join(project, "tsconfig.json"),
      JSON.stringify({ ...CONSUMER, compilerOptions: { ...CONSUMER.compilerOptions, typeRoots: [join(ROOT, "node_modules/@types")] } }),
    );
    expect(run(join(ROOT, "node_modules/.bin/tsc"), "--project", ".")).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});

describe("compose-gen, installed from its tarball", () => {
  test("says its version", () => {
    expect(run("npx", "compose-gen", "--version")).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  test("checks a topology", () => {
    const { status, stdout, stderr } = run("npx", "compose-gen", "check", MINIMAL, "--format", "json");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  });

  // As root: it gives each secret to the daemon that reads it.
  test("renders a bundle, byte for byte the golden", () => {
    const { status, stderr } = run("npx", "compose-gen", "render", MINIMAL, "--out", "bundle");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const golden = readFileSync(join(ROOT, "apps/compose-gen/fixtures/minimal/compose.yaml"), "utf8");
    expect(readFileSync(join(project, "bundle/compose.yaml"), "utf8")).toBe(golden);
  });
});

// In the order of the text, as root. `--project packed -u` writes what is printed into it.
test("what docs/getting-started.md shows is what a newcomer sees", async () => {
  const text = join(ROOT, "docs/getting-started.md");
  const markdown = readFileSync(text, "utf8");
  const type = (command: string): string => {
    const { stdout, stderr } = run("bash", "-c", `exec 2>&1; ${command}`);
    return stdout + stderr;
  };
  expect(typedIn(markdown).length).toBeGreaterThan(5);
  await expect(replay(markdown, type)).toMatchFileSnapshot(text);
});
