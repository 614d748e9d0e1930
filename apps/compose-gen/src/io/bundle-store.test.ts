import { cp, mkdir, readFile, readdir, readlink, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { PkiFile } from "@matriarch/pki";
import { describe, expect, test } from "vitest";
import type { Bundle } from "../bundle.ts";
import { manifestOf } from "../manifest.ts";
import { temporaryFolder } from "../testing/folder.ts";
import { stateOf } from "../testing/state.ts";
import { readBundle, writeBundle } from "./bundle-store.ts";

const CERTIFICATE: PkiFile = { path: "ca/cluster-ca.crt", content: "certificate", mode: 0o644, owner: null };
const KEY: PkiFile = { path: "ca/cluster-ca.key", content: "key", mode: 0o600, owner: null };

/** A small bundle; `text` is the content of its files. */
function bundleOf(text: string, changes: Partial<Bundle> = {}): Bundle {
  const rendered = ["README.md", "compose.yaml", "node1/patroni.yml", "images/etcd/Dockerfile"].map(
    (file) => ({ path: file, content: `${file} ${text}`, mode: 0o444 }) as const,
  );
  const secrets = [{ path: "node1/patroni.yml", content: `secret ${text}`, mode: 0o400, owner: null } as const];
  return { rendered, secrets, pki: [], environment: "A=1\n", ...changes };
}

async function write(folder: string, bundle: Bundle, options: { force?: boolean; environmentBefore?: string } = {}): Promise<void> {
  const environmentBefore = options.environmentBefore ?? (await readBundle(folder)).environment;
  await writeBundle(folder, bundle, manifestOf(bundle.rendered, "scope", "1.2.3"), { force: options.force ?? false, environmentBefore });
}

function read(folder: string, ...file: string[]): Promise<string> {
  return readFile(path.join(folder, ...file), "utf8");
}

function generationIn(folder: string): Promise<string> {
  return readlink(path.join(folder, "rendered/current"));
}

describe("writing a bundle", () => {
  test("puts everything in its place, readable by those it is for", async () => {
    const folder = await temporaryFolder();
    await write(folder, bundleOf("one", { pki: [CERTIFICATE, KEY] }));
    expect(await read(folder, "compose.yaml")).toBe("compose.yaml one");
    expect(await read(folder, "rendered/current/node1/patroni.yml")).toBe("node1/patroni.yml one");
    expect(await read(folder, "secrets/node1/patroni.yml")).toBe("secret one");
    expect(await read(folder, "pki/ca/cluster-ca.key")).toBe("key");
    const modes = [".env", "secrets", "secrets/node1/patroni.yml", "pki/ca/cluster-ca.key", "compose.yaml"];
    const permissions = modes.map(async (file) => ((await stat(path.join(folder, file))).mode & 0o777).toString(8));
    expect(await Promise.all(permissions)).toEqual(["600", "700", "400", "600", "444"]);
    expect(await readBundle(folder)).toEqual({
      environment: "A=1\n",
      pki: new Map([
        ["ca/cluster-ca.crt", "certificate"],
        ["ca/cluster-ca.key", "key"],
      ]),
    });
  });

  test("a second time touches nothing", async () => {
    const folder = await temporaryFolder();
    await write(folder, bundleOf("one", { pki: [CERTIFICATE, KEY] }));
    const before = await stateOf(folder);
    await write(folder, bundleOf("one"));
    expect(await stateOf(folder)).toEqual(before);
  });

  test("leaves one generation, and the way back to an earlier one open", async () => {
    const folder = await temporaryFolder();
    for (const text of ["one", "two", "one"]) {
      await write(folder, bundleOf(text));
      expect(await read(folder, "compose.yaml")).toBe(`compose.yaml ${text}`);
      expect(await readdir(path.join(folder, "rendered"))).toEqual([await generationIn(folder), "current"].toSorted());
    }
  });

  test("an empty folder and one that does not exist are the same", async () => {
    const folder = await temporaryFolder();
    expect(await readBundle(path.join(folder, "new"))).toEqual({ environment: "", pki: new Map() });
    await write(path.join(folder, "new"), bundleOf("one"));
    expect(await read(folder, "new/README.md")).toBe("README.md one");
  });
});

describe("keys and credentials", () => {
  test("a key that exists is never overwritten", async () => {
    const folder = await temporaryFolder();
    await write(folder, bundleOf("one", { pki: [KEY] }));
    await expect(write(folder, bundleOf("one", { pki: [{ ...KEY, content: "another" }] }))).rejects.toMatchObject({ code: "EEXIST" });
    expect(await read(folder, "pki/ca/cluster-ca.key")).toBe("key");
  });

  test("a certificate is renewed beside its key", async () => {
    const folder = await temporaryFolder();
    await write(folder, bundleOf("one", { pki: [CERTIFICATE, KEY] }));
    await write(folder, bundleOf("one", { pki: [{ ...CERTIFICATE, content: "renewed" }] }));
    expect([await read(folder, "pki/ca/cluster-ca.crt"), await read(folder, "pki/ca/cluster-ca.key")]).toEqual(["renewed", "key"]);
  });

  test("passwords that somebody wrote since they were read are not overwritten", async () => {
    const folder = await temporaryFolder();
    await write(folder, bundleOf("one", { environment: "A=mine\n" }));
    const late = write(folder, bundleOf("one", { environment: "A=yours\n" }), { environmentBefore: "" });
    await expect(late).rejects.toThrow(".env changed while this command ran");
    expect(await read(folder, ".env")).toBe("A=mine\n");
  });

  test("what a daemon still has in force is kept beside the new secret, the first of several", async () => {
    const folder = await temporaryFolder();
    const secret = (content: string): Bundle =>
      bundleOf("one", { secrets: [{ path: "e/root.json", content, mode: 0o400, owner: null, keepsBefore: true }] });
    await write(folder, secret("one"));
    expect(await readdir(path.join(folder, "secrets/e"))).toEqual(["root.json"]);
    await write(folder, secret("two"));
    await write(folder, secret("three"));
    expect([await read(folder, "secrets/e/root.json"), await read(folder, "secrets/e/root.json.before")]).toEqual(["three", "one"]);
  });
});

describe("a rendered file that was changed by hand", () => {
  test("stops the next render, which names it and writes nothing", async () => {
    const folder = await temporaryFolder();
    await write(folder, bundleOf("one"));
    const file = path.join(folder, "rendered/current/node1/patroni.yml");
    await rm(file);
    await writeFile(file, "mine");
    const before = await stateOf(folder);
    await expect(write(folder, bundleOf("two", { environment: "A=2\n" }))).rejects.toThrow(
      "Changed by hand since they were rendered: node1/patroni.yml ",
    );
    expect(await stateOf(folder)).toEqual(before);
  });

  test.for(["one", "two"])("gives way to --force, whether or not the topology has changed (%s)", async (text) => {
    const folder = await temporaryFolder();
    await write(folder, bundleOf("one"));
    await rm(path.join(folder, "rendered/current/node1/patroni.yml"));
    await write(folder, bundleOf(text), { force: true });
    expect(await read(folder, "rendered/current/node1/patroni.yml")).toBe(`node1/patroni.yml ${text}`);
  });
});

describe("somebody else's files", () => {
  test("stay where they are, in every generation", async () => {
    const folder = await temporaryFolder();
    await write(folder, bundleOf("one"));
    await writeFile(path.join(folder, "rendered/current/images/notes.txt"), "mine");
    await mkdir(path.join(folder, "rendered/.mine"));
    await writeFile(path.join(folder, "mine.txt"), "mine");
    const first = await generationIn(folder);
    for (const text of ["two", "one", "three"]) {
      await write(folder, bundleOf(text));
      expect(await read(folder, "compose.yaml")).toBe(`compose.yaml ${text}`);
    }
    expect(await readdir(path.join(folder, "rendered", first), { recursive: true })).toEqual(["images", "images/notes.txt"]);
    expect(await read(folder, "mine.txt")).toBe("mine");
    expect(await readdir(path.join(folder, "rendered"))).toContain(".mine");
  });

  test("in the place of Matriarch's own stop the render before anything is written", async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, "README.md"), "mine");
    await expect(write(folder, bundleOf("one"))).rejects.toThrow(`${path.join(folder, "README.md")} is not Matriarch's`);
    expect(await readdir(folder)).toEqual(["README.md", "rendered"]);
    expect(await readdir(path.join(folder, "rendered"))).toEqual([]);
  });
});

describe("a render that was killed", () => {
  test("in the middle of its files leaves the old generation in force, and no trace after the next render", async () => {
    const folder = await temporaryFolder();
    await write(folder, bundleOf("one"));
    await mkdir(path.join(folder, "rendered/.staging.1/node1"), { recursive: true });
    await writeFile(path.join(folder, "rendered/.staging.1/node1/patroni.yml.tmp"), "half a fi");
    expect(await read(folder, "compose.yaml")).toBe("compose.yaml one");
    await write(folder, bundleOf("two"));
    expect(await read(folder, "compose.yaml")).toBe("compose.yaml two");
    expect(await readdir(path.join(folder, "rendered"))).toEqual([await generationIn(folder), "current"].toSorted());
  });

  test("before it swapped the link leaves the old generation in force, and its files for the next render", async () => {
    const folder = await temporaryFolder();
    await write(folder, bundleOf("one"));
    await write(path.join(folder, "elsewhere"), bundleOf("two"));
    const second = await generationIn(path.join(folder, "elsewhere"));
    await cp(path.join(folder, "elsewhere/rendered", second), path.join(folder, "rendered", second), { recursive: true });
    expect(await read(folder, "compose.yaml")).toBe("compose.yaml one");
    await write(folder, bundleOf("two"));
    expect(await read(folder, "compose.yaml")).toBe("compose.yaml two");
    expect(await readdir(path.join(folder, "rendered"))).toEqual([second, "current"].toSorted());
  });
});

test("a damaged manifest is named, with what to do", async () => {
  const folder = await temporaryFolder();
  await write(folder, bundleOf("one"));
  const manifest = path.join(folder, "rendered/current/manifest.json");
  await rm(manifest);
  await writeFile(manifest, "{");
  await expect(write(folder, bundleOf("one"))).rejects.toThrow("manifest.json is damaged. Move the folder");
});
