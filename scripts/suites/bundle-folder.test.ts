import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const SCRIPT = fileURLToPath(new URL("../bundle-folder", import.meta.url));

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bundle-folder-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function put(file: string, content: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content);
}

const folderOf = (topology: string) => execFileSync(SCRIPT, [topology], { cwd: folder, encoding: "utf8" }).trim();

test.each(["cluster: shop\n", "# A shop.\ncluster: 'shop' # sells\nnodes: {}\n", 'cluster:   "shop"\n'])(
  "a bundle is named after its cluster, not after the folder of its topology: %j",
  (text) => {
    put("prod/topology.yaml", text);
    expect(folderOf("prod/topology.yaml")).toBe("clusters/shop");
  },
);

test("two topologies in folders of one name have bundles of their own", () => {
  put("a/prod/topology.yaml", "cluster: a\n");
  put("b/prod/topology.yaml", "cluster: b\n");
  put("clusters/prod/rendered/current/manifest.json", '{\n  "scope": "a"\n}\n');
  expect(folderOf("b/prod/topology.yaml")).toBe("clusters/b");
});

test("a bundle of this cluster that an earlier version named after the folder is gone on with", () => {
  put("prod/topology.yaml", "cluster: shop\n");
  put("clusters/prod/rendered/current/manifest.json", '{\n  "scope": "shop"\n}\n');
  expect(folderOf("prod/topology.yaml")).toBe("clusters/prod");
});

test("so is one whose environment file names the cluster", () => {
  put("prod/topology.yaml", "cluster: shop\n");
  put("clusters/prod/rendered/current/manifest.json", '{\n  "scope": "other"\n}\n');
  put("clusters/prod/.env", "SCOPE=other\n");
  expect(folderOf("prod/topology.yaml")).toBe("clusters/prod");
});

test("without a name the folder's has to do: checking says what is wrong", () => {
  put("prod/topology.yaml", "nodes: {}\n");
  expect(folderOf("prod/topology.yaml")).toBe("clusters/prod");
});
