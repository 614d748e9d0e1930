import { appendFile, cp, mkdir, readFile, readdir, readlink } from "node:fs/promises";
import path from "node:path";
import { EXAMPLE_NAMES } from "@matriarch/topology/testing";
import { describe, expect, inject, test } from "vitest";
import { temporaryFolder } from "../testing/folder.ts";
import { stateOf } from "../testing/state.ts";
import { type Outcome, run } from "./process.ts";
import { MAIN } from "./variant.ts";

/** Renders an example's variant; to the bundle that is there, or to another folder. */
function render(example: string, out = path.join(inject("bundles"), example), ...options: string[]): Promise<Outcome> {
  return run(process.execPath, [MAIN, "render", path.join(inject("bundles"), `${example}.yaml`), "--out", out, ...options]);
}

function generationIn(bundle: string): Promise<string> {
  return readlink(path.join(bundle, "rendered/current"));
}

/* Beside the checkers because the files of a bundle are given to the daemons' numeric users, which takes root. */

describe.each(EXAMPLE_NAMES)("%s", (example) => {
  test("rendered again to the same folder, not one file is touched", async () => {
    const bundle = path.join(inject("bundles"), example);
    const before = await stateOf(bundle);
    expect(await render(example)).toMatchObject({ exitCode: 0, stderr: "", stdout: expect.stringContaining(" 0 certificates issued.") });
    expect(await stateOf(bundle)).toEqual(before);
  });
});

describe("minimal", () => {
  test("rendered to another folder, the bytes are the same and the keys and passwords are not", async () => {
    const other = path.join(await temporaryFolder(), "bundle");
    await mkdir(other);
    const bundle = path.join(inject("bundles"), "minimal");
    const environment = (await readFile(path.join(bundle, ".env"), "utf8")).split("\n")[0];
    await appendFile(path.join(other, ".env"), `${environment}\n`);
    expect(await render("minimal", other)).toMatchObject({ exitCode: 0 });
    expect(await generationIn(other)).toBe(await generationIn(bundle));
    for (const file of ["pki/ca/cluster-ca.key", "secrets/clients/pgpass", ".env"]) {
      expect(await readFile(path.join(other, file), "utf8")).not.toBe(await readFile(path.join(bundle, file), "utf8"));
    }
  });

  test("changed by hand, the bundle is not written without --force; with it, only the change is undone", async () => {
    const copy = path.join(await temporaryFolder(), "bundle");
    await cp(path.join(inject("bundles"), "minimal"), copy, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    const text = await readFile(path.join(copy, "compose.yaml"), "utf8");
    await appendFile(path.join(copy, "compose.yaml"), "# mine\n");
    const before = await stateOf(copy);

    const refused = await render("minimal", copy);
    expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
    expect(refused.stderr).toMatch(/^compose-gen: Changed by hand since they were rendered: compose\.yaml .*--force\.\n$/);
    expect(await stateOf(copy)).toEqual(before);

    expect(await render("minimal", copy, "--force")).toMatchObject({ exitCode: 0 });
    expect(await readFile(path.join(copy, "compose.yaml"), "utf8")).toBe(text);
    expect(await readdir(path.join(copy, "rendered"))).toHaveLength(2);
  });
});
