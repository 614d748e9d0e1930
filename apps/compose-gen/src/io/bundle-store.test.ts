import { appendFile, chown, cp, mkdir, readFile, readdir, readlink, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Bundle } from "../bundle.ts";
import { temporaryFolder } from "../testing/folder.ts";
import { CERTIFICATE, KEY, bundleOf, write } from "../testing/small-bundle.ts";
import { stateOf } from "../testing/state.ts";
import { temporaryName } from "./atomic-file.ts";
import { readBundle } from "./bundle-store.ts";

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
      ledger: "{}\n",
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
  test.for([false, true])("a key that exists is never overwritten, and nothing else written then (--force: %s)", async (force) => {
    const folder = await temporaryFolder();
    await write(folder, bundleOf("one", { pki: [KEY] }));
    const before = await stateOf(folder);
    const another = bundleOf("two", { pki: [{ ...KEY, content: "another" }], environment: "A=2\n" });
    await expect(write(folder, another, { force })).rejects.toThrow("cluster-ca.key is there, and is never overwritten.");
    expect(await stateOf(folder)).toEqual(before);
  });

  test("a certificate is renewed beside its key", async () => {
    const folder = await temporaryFolder();
    await write(folder, bundleOf("one", { pki: [CERTIFICATE, KEY] }));
    await write(folder, bundleOf("one", { pki: [{ ...CERTIFICATE, content: "renewed" }] }));
    expect([await read(folder, "pki/ca/cluster-ca.crt"), await read(folder, "pki/ca/cluster-ca.key")]).toEqual(["renewed", "key"]);
  });

  test.for([
    ["a password", { environment: "A=mine\n" }, ".env"],
    ["a key", { pki: [KEY] }, "pki/ca/cluster-ca.key"],
  ] as const)("%s that somebody wrote since they were read stays, and nothing is written", async ([, theirs, file]) => {
    const folder = await temporaryFolder();
    await write(folder, bundleOf("one"));
    const before = await readBundle(folder);
    await write(folder, bundleOf("one", theirs));
    const state = await stateOf(folder);
    const late = write(folder, bundleOf("two", { environment: "A=yours\n" }), { before, force: true });
    await expect(late).rejects.toThrow(`${path.join(folder, file)} changed while this command ran. Run it again.`);
    expect(await stateOf(folder)).toEqual(state);
  });

  test("the environment file may be a link: the file behind it is written, and stays the user's", async () => {
    const [folder, elsewhere] = [await temporaryFolder(), await temporaryFolder()];
    const file = path.join(elsewhere, "my.env");
    await writeFile(file, "A=\n");
    const { uid, gid } = process.geteuid?.() === 0 ? { uid: 4711, gid: 4712 } : await stat(file);
    await chown(file, uid, gid);
    await writeFile(temporaryName(file), "left by a killed process");
    await symlink(file, path.join(folder, ".env"));
    await write(folder, bundleOf("one", { environment: "A=1\n" }));
    expect(await readlink(path.join(folder, ".env"))).toBe(file);
    expect(await readFile(file, "utf8")).toBe("A=1\n");
    expect(await stat(file)).toMatchObject({ uid, gid, mode: 0o100600 });
    expect(await readdir(elsewhere)).toEqual(["my.env"]);
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
  test("in the place of `current` stops the render before anything is written, also with --force", async () => {
    for (const make of [
      (current: string) => writeFile(current, "mine"),
      (current: string) => mkdir(current),
      (current: string) => symlink("../elsewhere", current),
    ]) {
      const folder = await temporaryFolder();
      await mkdir(path.join(folder, "rendered"));
      await make(path.join(folder, "rendered/current"));
      const before = await stateOf(folder);
      await expect(write(folder, bundleOf("one"), { force: true })).rejects.toThrow(
        `${path.join(folder, "rendered/current")} is not the link to a folder beside it that Matriarch makes. Move it away`,
      );
      expect(await stateOf(folder)).toEqual(before);
    }
  });

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
    expect(await readdir(folder)).toEqual(["README.md"]);
  });
});

describe("a render that was killed", () => {
  test("leaves files that the next one removes, and nothing else that looks like them", async () => {
    const folder = await temporaryFolder();
    await write(folder, bundleOf("one", { pki: [KEY] }));
    const left = [".env", "pki/ca/cluster-ca.key", "secrets/node1/patroni.yml", "rendered/current"].map(temporaryName);
    for (const file of left) await writeFile(path.join(folder, file), "half a fi");
    const staged = path.join(folder, "rendered", temporaryName(await generationIn(folder)));
    await mkdir(path.join(staged, "node1"), { recursive: true });
    await writeFile(path.join(staged, "node1/patroni.yml"), "half a fi");
    const mine = [".env.tmp", "pki/ca/cluster-ca.key.tmp", "secrets/node1/mine.matriarch-1.tmp", "rendered/old.tmp"];
    for (const file of mine) await writeFile(path.join(folder, file), "mine");

    expect([...(await readBundle(folder)).pki.keys()]).toEqual(["ca/cluster-ca.key", "ca/cluster-ca.key.tmp"]);
    expect(await read(folder, "compose.yaml")).toBe("compose.yaml one");
    await write(folder, bundleOf("two"));
    expect(await read(folder, "compose.yaml")).toBe("compose.yaml two");
    const names = await readdir(folder, { recursive: true });
    expect(names.filter((name) => name.endsWith(".tmp")).toSorted()).toEqual(mine.toSorted());
    expect(await read(folder, "pki/ca/cluster-ca.key")).toBe("key");
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

describe("a manifest", () => {
  test.for([
    ["damaged", "{"],
    ["damaged", '{ "matriarch": "1", "scope": "s", "files": { "../../mine.txt": "" } }'],
    ["missing", null],
  ] as const)("that is %s stops the next render, which says what to do; --force writes the bundle anew", async ([state, text]) => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, "mine.txt"), "mine");
    await write(folder, bundleOf("one"));
    const manifest = path.join(folder, "rendered/current/manifest.json");
    await rm(manifest);
    if (text !== null) await writeFile(manifest, text);
    const before = await stateOf(folder);
    await expect(write(folder, bundleOf("one"))).rejects.toThrow(
      new RegExp(`manifest.json is ${state}\\. Without it nobody can tell what was changed by hand: .*--force\\.$`),
    );
    expect(await stateOf(folder)).toEqual(before);
    await write(folder, bundleOf("one"), { force: true });
    await write(folder, bundleOf("two"));
    expect(await read(folder, "compose.yaml")).toBe("compose.yaml two");
    expect(await read(folder, "mine.txt")).toBe("mine");
  });

  test("of the generation in force that is gone with all of it is no obstacle: there is nothing to overwrite", async () => {
    const folder = await temporaryFolder();
    await write(folder, bundleOf("one"));
    await rm(path.join(folder, "rendered", await generationIn(folder)), { recursive: true });
    await write(folder, bundleOf("one"));
    expect(await read(folder, "compose.yaml")).toBe("compose.yaml one");
  });
});

describe("an earlier generation that is still there", () => {
  /** Both on the disk, the second in force: what is left when a render is killed before it prunes. */
  async function withTwo(): Promise<{ folder: string; first: string }> {
    const folder = await temporaryFolder();
    await write(folder, bundleOf("one"));
    const first = path.join(folder, "rendered", await generationIn(folder));
    await rename(first, path.join(folder, "kept"));
    await write(folder, bundleOf("two"));
    await rename(path.join(folder, "kept"), first);
    return { folder, first };
  }

  test("goes, when it is as it was rendered", async () => {
    const { folder, first } = await withTwo();
    await rm(path.join(first, "node1/patroni.yml")); // the killed one had begun
    await write(folder, bundleOf("two"));
    expect(await readdir(path.join(folder, "rendered"))).toEqual([await generationIn(folder), "current"].toSorted());
  });

  test("keeps the files that somebody changed, until --force", async () => {
    const { folder, first } = await withTwo();
    const file = path.join(first, "node1/patroni.yml");
    await appendFile(file, "# mine\n");
    await write(folder, bundleOf("two"));
    expect((await readdir(first, { recursive: true })).toSorted()).toEqual(["manifest.json", "node1", "node1/patroni.yml"]);
    expect(await readFile(file, "utf8")).toBe("node1/patroni.yml one# mine\n");
    await write(folder, bundleOf("two"), { force: true });
    expect(await readdir(path.join(folder, "rendered"))).toEqual([await generationIn(folder), "current"].toSorted());
  });

  test("is told from a copy that somebody made of it, which stays", async () => {
    const { folder, first } = await withTwo();
    const copies = [`${first}.good`, path.join(folder, "rendered/before-the-change")];
    for (const copy of copies) await cp(first, copy, { recursive: true });
    await symlink("nowhere", path.join(folder, "rendered/dangling"));
    await write(folder, bundleOf("three"));
    expect(await readdir(path.join(folder, "rendered"))).toEqual(
      [...copies.map((copy) => path.basename(copy)), "current", "dangling", await generationIn(folder)].toSorted(),
    );
    expect(await readFile(path.join(copies[0] ?? "", "compose.yaml"), "utf8")).toBe("compose.yaml one");
  });
});
