import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import type { BundleMember } from "../cluster/bundle.ts";
import { membersWith, type Sight } from "../cluster/cluster.ts";
import { passwordsIn } from "../cluster/environment.ts";
import { localQuery } from "../cluster/nodes.ts";
import { processesOf } from "../cluster/processes.ts";
import { liveCluster } from "./live-cluster.ts";

const cluster = await liveCluster();
const { facts } = cluster;

interface Secret {
  readonly name: string;
  readonly text: string;
}

async function filesBelow(folder: string): Promise<Sight[]> {
  const entries = await readdir(path.join(facts.directory, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => ({ where: path.relative(facts.directory, file), text: await readFile(file, "utf8") })));
}

/** A key is known by a line of its body: it stands in no other file, and in no other form. */
function bodyOf(pem: string): string {
  return pem.split("\n")[1] ?? "";
}

/** The longest part of a password that no format escapes: by it the password is found in every one of them. */
function plainPartOf(password: string): string {
  return (password.match(/[A-Za-z0-9]+/g) ?? []).reduce((longest, part) => (part.length > longest.length ? part : longest), "");
}

/** Every password, and every private key, by what it is known from. */
async function secrets(): Promise<Secret[]> {
  const passwords = [...(await passwordsIn(facts))].map(([name, text]) => ({ name, text: plainPartOf(text) }));
  const keys = (await filesBelow("pki"))
    .filter(({ where }) => where.endsWith(".key"))
    .map(({ where, text }) => ({ name: where, text: bodyOf(text) }));
  return [...passwords, ...keys];
}

/** Which secrets a text gives away, and where. */
function found(wanted: readonly Secret[], sights: readonly Sight[]): string[] {
  return sights.flatMap(({ where, text }) =>
    wanted.filter((secret) => text.includes(secret.text)).map(({ name }) => `${name} in ${where}`),
  );
}

async function inProcesses(member: BundleMember): Promise<Sight[]> {
  return (await processesOf(cluster, member)).map((process) => {
    const where = `${member.name}, process ${process.id}`;
    if (process.environment === null) throw new Error(`${where}: its environment cannot be read`);
    return { where, text: `${process.arguments}\n${process.environment}` };
  });
}

/** Files below a folder of a member that hold one of the texts, as its daemon can read them. */
async function filesWith(
  member: BundleMember,
  texts: readonly string[],
  folder: string,
  without: readonly string[] = [],
): Promise<string[]> {
  const excluded = without.map((name) => `--exclude-dir=${name}`);
  const search = ["grep", "-r", "-s", "-l", "-F", "--devices=skip", ...excluded, "-f", "-", folder];
  const { stdout } = await cluster.run(member, search, `${texts.join("\n")}\n`);
  return stdout.split("\n").filter((line) => line !== "");
}

test("A11: there are passwords and keys to look for, and the search finds them where they belong", async () => {
  const wanted = await secrets();
  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter(({ text }) => text.length < 16)).toEqual([]);
  const overlays = found(wanted, await filesBelow("secrets"));
  for (const [name] of await passwordsIn(facts))
    expect(
      overlays.some((line) => line.startsWith(`${name} in `)),
      name,
    ).toBe(true);
});

test("D4: no rendered file holds a secret", async () => {
  const rendered = await filesBelow("rendered");
  expect(rendered.length).toBeGreaterThan(20);
  expect(found(await secrets(), rendered)).toEqual([]);
});

test("A11: the engine shows no secret: not in a container's settings, nor in an image or its history", async () => {
  for (const member of facts.members) {
    const sights = await cluster.description(member);
    expect(
      sights.some(({ text }) => text.includes(`"${member.container}"`) || text.includes(`/${member.container}"`)),
      member.name,
    ).toBe(true);
    expect(found(await secrets(), sights)).toEqual([]);
  }
});

test.each(facts.members)(
  "A11: in $name no file but its own overlays holds a secret: not in the image, the volume or what it wrote",
  async (member) => {
    const texts = (await secrets()).map(({ text }) => text);
    expect(await filesWith(member, texts, "/", ["matriarch", "proc", "sys", "dev"])).toEqual([]);
    const overlays = await filesWith(member, texts, "/etc/matriarch");
    expect(overlays.length).toBeGreaterThan(0);
    for (const file of overlays) expect(file).toMatch(/^\/etc\/matriarch\/(pki|secrets)\//);
  },
);

test("A11: no log holds a secret", async () => {
  const logs = await Promise.all(
    facts.members.map(async (member) => ({ where: `log of ${member.name}`, text: await cluster.logs(member) })),
  );
  for (const { where, text } of logs) expect(text.length, where).toBeGreaterThan(100);
  expect(found(await secrets(), logs)).toEqual([]);
});

test("A11: no process has a secret among its arguments or in its environment", async () => {
  const sights = (await Promise.all(facts.members.map(inProcesses))).flat();
  expect(sights.length).toBeGreaterThan(facts.members.length);
  expect(found(await secrets(), sights)).toEqual([]);
});

test("A11: PostgreSQL's own statistics of statements hold no secret", async () => {
  for (const node of membersWith(facts, "postgresql")) {
    // Both tell of this very session, so they do tell.
    await localQuery(cluster, node, "SELECT /* seen by secrecy */ count(*) FROM pg_am WHERE amname <> 'heap'");
    const running = await localQuery(cluster, node, "SELECT query FROM pg_stat_activity");
    const past = await localQuery(cluster, node, "SELECT query FROM pg_stat_statements");
    expect(running.join("\n"), node.name).toContain("SELECT query FROM pg_stat_activity");
    expect(past.join("\n"), node.name).toContain("seen by secrecy");
    expect(found(await secrets(), [{ where: node.name, text: [...running, ...past].join("\n") }])).toEqual([]);
  }
});

test("A11: each overlay is one daemon's own: no other user can read it, and it is in no other member", async () => {
  for (const member of facts.members) {
    const { stdout } = await cluster.run(member, ["sh", "-c", "stat -Lc '%a %u %n' /etc/matriarch/secrets/*; id -u"]);
    const lines = stdout.split("\n");
    const user = lines.at(-1);
    expect(
      lines.slice(0, -1).map((line) => line.split(" ").slice(0, 2).join(" ")),
      member.name,
    ).toEqual(lines.slice(0, -1).map(() => `400 ${user}`));
  }
});
