import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { patroniRules } from "@matriarch/patroni-config";
import { tablesOf } from "@matriarch/patroni-config/testing";
import { cipherSuites, hasErrors, type ParameterValue, type Topology } from "@matriarch/topology";
import { LONG_RUN, topologyOf } from "@matriarch/topology/testing";
import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import { z } from "zod";
import { imageName } from "../../targets/compose/containers.ts";
import { checkedBundle } from "../checked-bundle.ts";
import { runOrThrow } from "../process.ts";
import { anyParameter, anyParameters, candidatesOf, rowsOf, type Written } from "./draw.ts";
import { factsSchema } from "./facts.ts";
import { tablesOf as tablesOfFacts } from "./tables.ts";

type Parameters = Readonly<Record<string, ParameterValue>>;

/** Enough memory that it is not what refuses most sets; the bench does not touch what it maps. */
const TOPOLOGY = topologyOf("cluster: c\nnodes: { e: [etcd], n: { roles: [postgresql], resources: { memory: 4GiB } } }");

/** Its image of PostgreSQL has nothing beside PostgreSQL. */
const EXAMPLE = "minimal";

/** How many sets PostgreSQL is started with, in each direction. */
const SETS = inject("propertyRuns") >= LONG_RUN ? 300 : 40;
const SEED = 7;

/** Runs a script of this folder with Python in the image of PostgreSQL. */
async function inImage(script: string, input: unknown): Promise<unknown> {
  const { topology } = await checkedBundle(EXAMPLE);
  const text = await readFile(fileURLToPath(new URL(script, import.meta.url)), "utf8");
  const options = ["--rm", "--interactive", "--network=none", "--tmpfs=/tmp:mode=1777,exec", "--entrypoint=python3"];
  const program = `import io, sys\nsys.stdin = io.StringIO(${JSON.stringify(JSON.stringify(input))})\n${text}`;
  return JSON.parse(await runOrThrow("docker", ["run", ...options, imageName(topology, "postgresql"), "-"], { input: program }));
}

function withParameters(postgresql: Parameters): Topology {
  return { ...TOPOLOGY, parameters: { ...TOPOLOGY.parameters, postgresql } };
}

const isAccepted = (parameters: Parameters) => {
  const topology = withParameters(parameters);
  return !hasErrors(patroniRules.flatMap((rule) => rule(topology)));
};

function codesOf([key, value]: Written): string[] {
  const topology = withParameters({ [key]: value });
  const findings = patroniRules.flatMap((rule) => rule(topology));
  return findings.filter(({ severity }) => severity === "error").map(({ code }) => code);
}

/** By itself; whether the node's memory is enough for it is not asked. */
const isTaken = (written: Written) => codesOf(written).every((code) => code === "memory-exceeds-node");
const isRefused = (written: Written) => codesOf(written).includes("invalid-parameter-postgresql");

const COMMAND = "Run `pnpm platforms:postgresql` and read the difference.";

const PATIENT = { timeout: 900_000 };

describe("the tables of the platform", PATIENT, () => {
  test("are those of the image's programs; where only a release is newer, that is a warning", async () => {
    const facts = factsSchema.parse(await inImage("ask.py", {}));
    const { versions: found, ...verdicts } = tablesOfFacts(facts);
    const { versions: written, ...expected } = tablesOf(TOPOLOGY);
    expect(verdicts, COMMAND).toEqual(expected);
    for (const [word, places] of Object.entries(facts.ciphers.words)) {
      const suites = facts.ciphers.suites.filter((_, place) => places.includes(place));
      expect(cipherSuites(word, TOPOLOGY.platform.id), `${word}: ${COMMAND}`).toEqual(suites);
    }
    if (JSON.stringify(found) !== JSON.stringify(written))
      console.warn(`${JSON.stringify(found)}, not ${JSON.stringify(written)}. ${COMMAND}`);
  });
});

describe("what is predicted of parameters comes true", PATIENT, () => {
  const rows = rowsOf(TOPOLOGY);
  // ALTER SYSTEM, by which single values are tried, cannot forbid itself.
  const single = rows
    .filter(({ key }) => key !== "allow_alter_system")
    .flatMap((row) => candidatesOf(row, TOPOLOGY).map((value): Written => [row.key, value]));
  const [inside, outside] = [single.filter(isTaken), single.filter(isRefused)];

  test("of every parameter that is judged there is a value that is taken and one that is not", () => {
    const judged = rows
      .filter(({ key }) => key !== "allow_alter_system")
      .filter(({ accepts }) => accepts.type !== "text" || accepts.form !== undefined)
      .map(({ key }) => key);
    const keysOf = (list: readonly Written[]) => new Set(list.map(([key]) => key));
    expect(judged.length).toBeGreaterThan(250);
    expect(judged.filter((key) => !keysOf(inside).has(key))).toEqual([]);
    expect(judged.filter((key) => !keysOf(outside).has(key))).toEqual([]);
  });

  test("single values; sets that are in force together; and values that somebody drops, moves or refuses", async () => {
    const sets = anyParameters(anyParameter(TOPOLOGY, isTaken)).filter(isAccepted);
    const accepted = fc.sample(sets, { seed: SEED, numRuns: SETS });
    const refused = fc.sample(anyParameter(TOPOLOGY, isRefused), { seed: SEED, numRuns: SETS }).map(([key, value]) => ({ [key]: value }));
    const libraries = Object.keys(tablesOf(TOPOLOGY).libraries);
    const { maxConnections, superuserReserved } = TOPOLOGY.connections;
    const base = { max_connections: maxConnections, superuser_reserved_connections: superuserReserved };
    const complaints = await inImage("prove.py", { base, accepted, refused, inside, outside, libraries });
    expect(z.array(z.string()).parse(complaints)).toEqual([]);
  });
});
