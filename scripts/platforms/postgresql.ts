// Asks the image of PostgreSQL of a platform what its programs take, and writes that down: pnpm platforms:postgresql
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Facts, factsSchema } from "../../apps/compose-gen/src/checkers/parameters/facts.ts";
import { cipherWords, tablesOf } from "../../apps/compose-gen/src/checkers/parameters/tables.ts";
import { renderComposeBundle } from "../../apps/compose-gen/src/targets/compose/render.ts";
import { PLATFORMS, resolve, topologySchema } from "../../packages/topology/src/index.ts";
import { literal, nameList, record, sourceFile } from "./typescript.ts";

const COMMAND = "pnpm platforms:postgresql";
const ROOT = path.resolve(import.meta.dirname, "../..");
const ASK = path.join(ROOT, "apps/compose-gen/src/checkers/parameters/ask.py");

function docker(args: readonly string[], input = ""): string {
  return execFileSync("docker", args, { input, encoding: "utf8", maxBuffer: 2 ** 26, stdio: ["pipe", "pipe", "inherit"] });
}

/** Builds the image as a cluster on this platform would, asks it, and takes it away. */
function askImage(platform: string, version: number): Facts {
  const topology = resolve(
    topologySchema.parse({ cluster: "tables", platform, postgresql: { version }, nodes: { n: ["etcd", "postgresql"] } }),
  );
  const folder = mkdtempSync(path.join(tmpdir(), "matriarch-platform-"));
  const image = `matriarch/tables-postgresql:${platform}`;
  try {
    const files = renderComposeBundle(topology, "0.0.0-tables").filter((file) => file.path.startsWith("images/postgresql/"));
    for (const { path: name, content, mode } of files) writeFileSync(path.join(folder, path.basename(name)), content, { mode });
    docker(["build", "--quiet", "--tag", image, folder]);
    const run = ["run", "--rm", "--interactive", "--network=none", "--tmpfs=/tmp:mode=1777,exec", "--entrypoint=python3", image, "-"];
    return factsSchema.parse(JSON.parse(docker(run, readFileSync(ASK, "utf8"))));
  } finally {
    rmSync(folder, { recursive: true });
    docker(["image", "rm", "--force", image]);
  }
}

function typed(name: string, type: string, value: string): string {
  return `export const ${name}: ${type} = ${value};`;
}

const NAMES = "readonly string[]";

function filesOf(platform: string, version: number, facts: Facts): Readonly<Record<string, string>> {
  const tables = tablesOf(facts);
  const { versions } = facts;
  const from = `PostgreSQL ${versions.postgresql} and Patroni ${versions.patroni} of ${platform}`;
  const folder = `packages/patroni-config/src/platforms/${platform}`;
  const type = 'import type { PlatformParameters } from "../tables.ts";';
  return {
    [`${folder}/postgresql-${version}.ts`]: sourceFile(
      COMMAND,
      from,
      [type],
      [typed("PARAMETERS", "PlatformParameters", record(tables.parameters))],
    ),
    [`${folder}/libraries-${version}.ts`]: sourceFile(
      COMMAND,
      from,
      [type],
      [typed("LIBRARIES", "Readonly<Record<string, PlatformParameters>>", record(tables.libraries))],
    ),
    [`${folder}/words-${version}.ts`]: sourceFile(
      COMMAND,
      from,
      [],
      [
        typed("VERSIONS", 'Readonly<Record<"postgresql" | "patroni", string>>', literal(tables.versions)),
        typed("TIME_ZONES", NAMES, nameList(tables.timeZones)),
        typed("LOCALES", NAMES, literal(tables.locales)),
        typed("ENCODINGS", NAMES, nameList(tables.encodings)),
        typed("ABBREVIATIONS", NAMES, literal(tables.abbreviations)),
        typed("CURVES", NAMES, nameList(tables.curves)),
        `/** kB. */\n${typed("MAX_STACK_DEPTH", "number", literal(tables.maxStackDepth))}`,
      ],
    ),
    [`packages/topology/src/openssl/${platform}.ts`]: sourceFile(
      COMMAND,
      `OpenSSL ${versions.openssl} of ${platform}`,
      ['import type { CipherTable } from "./ciphers.ts";'],
      [typed("SUITES", NAMES, nameList(facts.ciphers.suites)), typed("WORDS", 'CipherTable["words"]', record(cipherWords(facts.ciphers)))],
    ),
  };
}

for (const [platform, { versions }] of Object.entries(PLATFORMS)) {
  for (const version of versions.postgresql) {
    const facts = askImage(platform, version);
    const files = Object.entries(filesOf(platform, version, facts)).map(([file, text]) => ({ file: path.join(ROOT, file), text }));
    for (const { file, text } of files) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    execFileSync(
      "oxfmt",
      files.map(({ file }) => file),
      { cwd: ROOT, stdio: "inherit" },
    );
    const { postgresql, patroni } = facts.versions;
    console.log(
      `${platform}: ${Object.keys(facts.parameters).length} parameters of PostgreSQL ${postgresql} as Patroni ${patroni} takes them`,
    );
  }
}
