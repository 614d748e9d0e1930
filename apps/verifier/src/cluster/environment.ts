import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseEnvironment } from "@matriarch/topology";
import { execa } from "execa";
import { type BundleFacts, readBundleFacts } from "./bundle.ts";

const REPOSITORY = path.resolve(import.meta.dirname, "../../../..");

function environmentFile({ directory }: BundleFacts): string {
  return path.join(directory, ".env");
}

/** The environment file of the bundle: settings, and every password. Variables that are blank are not in it. */
export async function readEnvironment(facts: BundleFacts): Promise<ReadonlyMap<string, string>> {
  const { values, diagnostics } = parseEnvironment(await readFile(environmentFile(facts), "utf8"), ".env");
  if (diagnostics.length > 0) throw new Error(`.env: ${diagnostics.map(({ message }) => message).join(" ")}`);
  return new Map(Object.entries(values).filter(([, value]) => value !== ""));
}

/** The value of a variable of the environment file. Throws when it has none. */
export async function environmentValue(facts: BundleFacts, variable: string): Promise<string> {
  const value = (await readEnvironment(facts)).get(variable);
  if (value === undefined) throw new Error(`.env has no ${variable}`);
  return value;
}

/** Passwords of the environment file, by their variables. */
export async function passwordsIn(facts: BundleFacts): Promise<ReadonlyMap<string, string>> {
  return new Map([...(await readEnvironment(facts))].filter(([variable]) => variable.endsWith("_PASSWORD")));
}

/** Renders the bundle again from its topology file, as an operator does, and gives what it says now. */
export async function render(facts: BundleFacts, topology: string): Promise<BundleFacts> {
  await execa("make", ["render", `TOPOLOGY=${topology}`, `CLUSTER_DIR=${facts.directory}`], {
    cwd: REPOSITORY,
    stdin: "ignore",
    all: true,
  });
  return readBundleFacts(facts.directory);
}

/**
 * Changes lines of the environment file, as a person does. Gives what puts the file back, byte for byte.
 * @param lines by variable: what stands behind the `=`, quotes included
 */
export async function changeEnvironment(facts: BundleFacts, lines: Readonly<Record<string, string>>): Promise<() => Promise<void>> {
  const file = environmentFile(facts);
  const original = await readFile(file, "utf8");
  const kept = original
    .trimEnd()
    .split("\n")
    .filter((line) => !Object.keys(lines).some((variable) => line.startsWith(`${variable}=`)));
  const changed = Object.entries(lines).map(([variable, text]) => `${variable}=${text}`);
  await writeFile(file, `${[...kept, ...changed].join("\n")}\n`);
  return () => writeFile(file, original);
}
