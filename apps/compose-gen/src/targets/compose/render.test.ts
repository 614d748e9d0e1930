import { allMembers } from "@matriarch/topology";
import { anyTopology, EXAMPLE_NAMES, exampleSecrets, exampleTopology, writtenTwice } from "@matriarch/topology/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FACTS_FILE } from "../../change/facts.ts";
import { FRONT_FILES } from "../../bundle.ts";
import { readTopology } from "../../pipeline.ts";
import { renderComposeBundle, renderComposeSecrets } from "./render.ts";

/** A version that no release has: goldens change when the bundle does, not with every release. */
const VERSION = "0.0.0-golden";

/** Configuration of a member is its own package's, and a golden there. */
function isConfiguration(path: string, members: ReadonlySet<string>): boolean {
  return members.has(path.split("/")[0] ?? "");
}

describe.each(EXAMPLE_NAMES)("the example %s", (example) => {
  const topology = exampleTopology(example);
  const members = new Set(allMembers(topology).map(({ name }) => name));
  const files = renderComposeBundle(topology, VERSION);
  // The facts hold hashes of all the others: they would change with each of them, and nobody reads them.
  const own = files.filter(({ path }) => !isConfiguration(path, members) && path !== FACTS_FILE);

  test.each(own.map(({ path, content }) => [path, content]))("%s is its golden", async (path, content) => {
    await expect(content).toMatchFileSnapshot(`../../../fixtures/${example}/${path}`);
  });

  test("every member has configuration, and every file at the top of the bundle is there", () => {
    const folders = new Set(files.map(({ path }) => path.split("/")[0]));
    for (const name of members) expect(folders).toContain(name);
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining([...FRONT_FILES]));
  });

  test("what is run is executable, and nothing else is", () => {
    const executable = files.filter(({ mode }) => mode === 0o555).map(({ path }) => path);
    expect(executable).toEqual(files.filter(({ content }) => content.startsWith("#!")).map(({ path }) => path));
  });
});

/** The bundle of a text that every rule of every package accepts. */
function bundleOf(text: string) {
  const { topology, diagnostics } = readTopology({ text, file: "topology.yaml" }, { text: "", file: ".env" }, "fill");
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return topology === undefined ? [] : renderComposeBundle(topology, VERSION);
}

describe("any valid topology", () => {
  test("renders to the same bytes a second time, and with its keys in another order: no hole in them, each path once", () => {
    fc.assert(
      fc.property(writtenTwice, ([text, reordered]) => {
        const files = bundleOf(text);
        expect(bundleOf(reordered)).toEqual(files);
        const paths = files.map(({ path }) => path);
        expect(paths.length).toBeGreaterThan(10);
        expect([...new Set(paths)].toSorted()).toEqual(paths);
        const folders = new Set(paths.flatMap((path) => path.split("/").map((_, depth, steps) => steps.slice(0, depth).join("/"))));
        expect(paths.filter((path) => folders.has(path))).toEqual([]);
        for (const { path, content } of files) {
          expect(content, path).not.toMatch(/undefined|\[object |NaN/);
          expect(content, path).toMatch(/\n$/);
          expect(path).not.toMatch(/^\/|\.\./);
        }
      }),
    );
  });

  test("renders no secret, but an overlay for each member that needs one, readable by its daemon only", () => {
    fc.assert(
      fc.property(anyTopology, (topology) => {
        const secrets = exampleSecrets(topology);
        const rendered = renderComposeBundle(topology, VERSION)
          .map(({ content }) => content)
          .join("\n");
        for (const secret of Object.values(secrets)) expect(rendered).not.toContain(secret);

        const overlays = renderComposeSecrets(topology, secrets);
        expect(new Set(overlays.map(({ path }) => path)).size).toBe(overlays.length);
        expect(new Set(overlays.map(({ path }) => path.split("/")[0]))).toEqual(
          new Set([...allMembers(topology).map(({ name }) => name), "clients"]),
        );
        for (const { path, mode, owner } of overlays) {
          expect([mode, owner === null], path).toEqual(path.startsWith("clients/") ? [0o600, true] : [0o400, false]);
        }
      }),
    );
  });
});
