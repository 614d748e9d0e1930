// Asks the image of PostgreSQL of a platform which programs and libraries it holds, and writes that down: pnpm platforms:extensions
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { askScript, readContents } from "../../apps/compose-gen/src/checkers/extensions/contents.ts";
import { renderImages } from "../../apps/compose-gen/src/targets/compose/images/images.ts";
import { PLATFORMS, resolve, topologySchema } from "../../packages/topology/src/index.ts";
import type { Shipped } from "../../packages/patroni-config/src/shipped/shipped.ts";
import { literal, nameList, sourceFile } from "./typescript.ts";

const COMMAND = "pnpm platforms:extensions";
const ROOT = path.resolve(import.meta.dirname, "../..");
const script = await askScript();

function docker(args: readonly string[], input = ""): string {
  return execFileSync("docker", args, { input, encoding: "utf8", maxBuffer: 2 ** 26, stdio: ["pipe", "pipe", "inherit"] });
}

/** Builds the image of a database with these extensions, asks it, and takes it away. */
function askImage(platform: string, version: number, extensions: readonly string[]): Shipped {
  const topology = resolve(
    topologySchema.parse({
      cluster: "tables",
      platform,
      postgresql: { version },
      nodes: { n: ["postgresql"] },
      databases: { app: { extensions } },
    }),
  );
  const folder = mkdtempSync(path.join(tmpdir(), "matriarch-platform-"));
  const image = `matriarch/tables-extensions:${platform}`;
  try {
    for (const { path: name, content, mode } of renderImages(topology, ["postgresql"])) {
      writeFileSync(path.join(folder, path.basename(name)), content, { mode });
    }
    docker(["build", "--quiet", "--tag", image, folder]);
    const run = ["run", "--rm", "--interactive", "--network=none", "--tmpfs=/tmp:mode=1777,exec", "--entrypoint=sh", image, "-s"];
    return readContents(docker(run, script));
  } finally {
    rmSync(folder, { recursive: true });
    docker(["image", "rm", "--force", image]);
  }
}

for (const [platform, { versions, extensions }] of Object.entries(PLATFORMS)) {
  for (const version of versions.postgresql) {
    // Programs are those that every image has; libraries are those that some image can have.
    const { programs } = askImage(platform, version, []);
    const { libraries, onlyAtStart, archiveModules } = askImage(platform, version, Object.keys(extensions));
    const byPackage = Object.entries(libraries).map(
      ([carrier, names]) => `${JSON.stringify(carrier)}: ${names.length > 10 ? nameList(names) : literal(names)},\n`,
    );
    const text = sourceFile(
      COMMAND,
      `the image of PostgreSQL ${version} of ${platform}`,
      ['import type { Shipped } from "./shipped.ts";'],
      [
        [
          `export const SHIPPED: Shipped = {\n  programs: ${nameList(programs)},\n  libraries: {\n${byPackage.join("")}},\n`,
          `  onlyAtStart: ${literal(onlyAtStart)},\n  archiveModules: ${literal(archiveModules)},\n};`,
        ].join(""),
      ],
    );
    const file = path.join(ROOT, `packages/patroni-config/src/shipped/${platform}-${version}.ts`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    execFileSync("oxfmt", [file], { cwd: ROOT, stdio: "inherit" });
    console.log(`${platform}: ${programs.length} programs, ${Object.values(libraries).flat().length} libraries`);
  }
}
