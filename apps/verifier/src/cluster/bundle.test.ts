import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readBundleFacts } from "./bundle.ts";

const REPOSITORY = path.resolve(import.meta.dirname, "../../../..");
/** Whose goldens make a bundle, as far as the verifier reads it. */
const GOLDENS = ["apps/compose-gen", "packages/patroni-config"];

let directory = "";
const inForce = (file: string) => path.join(directory, "rendered/current", file);

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "matriarch-bundle-"));
  for (const room of GOLDENS) await cp(path.join(REPOSITORY, room, "fixtures/two-datacenters"), inForce("."), { recursive: true });
  await writeFile(inForce("manifest.json"), JSON.stringify({ matriarch: "0.0.0-golden" }));
});

afterEach(() => rm(directory, { recursive: true }));

describe("a written bundle", () => {
  test("tells its members, what it promises, and what it predicts", async () => {
    const facts = await readBundleFacts(directory);
    expect(facts.members.map(({ name }) => name).toSorted()).toEqual(
      ["etcd1", "etcd2", "etcd3", "haproxy", "node1", "node2", "node3", "pgbouncer"].toSorted(),
    );
    expect(facts.promises.replication.neverPromoted).toEqual(["node3"]);
    expect(facts.predictions.get("switchover")?.[0]).toBeGreaterThan(0);
    expect(facts.parameters.get("node1")?.get("wal_level")).toBeDefined();
    expect(facts.dynamicConfig).toHaveProperty("ttl", facts.timings.ttl);
  });

  test("that another version wrote is refused: the file, and every place that is not as it should be", async () => {
    const compose = await readFile(inForce("compose.yaml"), "utf8");
    await writeFile(inForce("compose.yaml"), compose.replaceAll('"matriarch.role"', '"matriarch.kind"'));
    await expect(readBundleFacts(directory)).rejects.toThrow(
      /^compose\.yaml of \S+ is not what this version of Matriarch writes: [\s\S]*matriarch\.role[\s\S]*services\.node3/,
    );
  });
});
