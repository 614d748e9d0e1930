import { NODE_ROLES, allMembers } from "@matriarch/topology";
import { EXAMPLE_NAMES } from "@matriarch/topology/testing";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type CheckedBundle, checkedBundle } from "./checked-bundle.ts";
import { run } from "./process.ts";

interface Script {
  readonly file: string;
  readonly interpreter: string;
  readonly text: string;
}

/** Every rendered file that the system would run, by its first line. */
async function scriptsOf(bundle: CheckedBundle): Promise<Script[]> {
  const { files } = z.object({ files: z.record(z.string(), z.string()) }).parse(JSON.parse(await bundle.read("manifest.json")));
  const texts = await Promise.all(Object.keys(files).map(async (file) => ({ file, text: await bundle.read(file) })));
  return texts.flatMap(({ file, text }) => {
    const interpreter = /^#!(?:\/usr\/bin\/env )?(\S+)\n/.exec(text)?.[1];
    return interpreter === undefined ? [] : [{ file, interpreter, text }];
  });
}

/** The member in whose container a script runs; `undefined`: on the operator's machine. */
function runsAt({ topology }: CheckedBundle, { file }: Script): string | undefined {
  const kind = NODE_ROLES.find((role) => file.startsWith(`images/${role}/`));
  if (kind !== undefined) return topology[kind][0]?.name;
  return allMembers(topology).find(({ name }) => file.startsWith(`${name}/`))?.name;
}

describe.each(EXAMPLE_NAMES)("%s", (example) => {
  test("every script is one to the shell that runs it", async () => {
    const bundle = await checkedBundle(example);
    const scripts = await scriptsOf(bundle);
    const kinds = NODE_ROLES.filter((kind) => bundle.topology[kind].length > 0);
    expect(scripts.map(({ file }) => file).toSorted()).toEqual(
      [
        "cluster",
        ...kinds.map((kind) => `images/${kind}/entrypoint`),
        ...bundle.topology.etcd.map(({ name }) => `${name}/enable-auth.sh`),
        ...bundle.topology.postgresql.map(({ name }) => `${name}/bootstrap.sh`),
      ].toSorted(),
    );
    for (const script of scripts) {
      const member = runsAt(bundle, script);
      const { interpreter, text: input } = script;
      const outcome =
        member === undefined ? await run(interpreter, ["-n"], { input }) : await bundle.exec(member, [interpreter, "-n"], input);
      expect(outcome, script.file).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    }
  });
});
