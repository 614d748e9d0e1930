import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { PORTS, type NodeRole } from "@matriarch/topology";
import type { BundleFacts, BundleMember } from "../../cluster/bundle.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import type { Sight } from "../../cluster/looks.ts";
import { membersWith } from "../../cluster/cluster.ts";
import { passwordsIn } from "../../cluster/environment.ts";
import { localQuery } from "../../cluster/nodes.ts";
import { processesOf } from "../../cluster/processes.ts";
import type { Probe, Sighting } from "../probe.ts";
import { together } from "./door.ts";

/** Something that nobody may find, by what it is known from. */
interface Secret {
  readonly name: string;
  readonly text: string;
}

/** The files of one of the bundle's folders. */
export async function filesBelow({ directory }: BundleFacts, folder: string): Promise<Sight[]> {
  const entries = await readdir(path.join(directory, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => ({ where: path.relative(directory, file), text: await readFile(file, "utf8") })));
}

/** A key is known by a line of its body: it stands in no other file, and in no other form. */
function bodyOf(pem: string): string {
  return pem.split("\n")[1] ?? "";
}

/** The longest part of a password that no format escapes: by it the password is found in every one of them. */
function plainPartOf(password: string): string {
  return (password.match(/[A-Za-z0-9]+/g) ?? []).reduce((longest, part) => (part.length > longest.length ? part : longest), "");
}

/** Shorter ones stand in texts by chance. */
const SHORTEST = 8;

/** Every password, and every private key. Throws when one is too short to be searched for. */
export async function secretsOf(facts: BundleFacts): Promise<Secret[]> {
  const passwords = [...(await passwordsIn(facts))].map(([name, text]) => ({ name, text: plainPartOf(text) }));
  const keys = (await filesBelow(facts, "pki")).filter(({ where }) => where.endsWith(".key"));
  const all = [...passwords, ...keys.map(({ where, text }) => ({ name: where, text: bodyOf(text) }))];
  const short = all.filter(({ text }) => text.length < SHORTEST).map(({ name }) => name);
  if (short.length > 0) throw new Error(`too short to be told from other words: ${short.join(", ")}`);
  return all;
}

/** Which secrets texts give away, and where. */
export function givenAway(secrets: readonly Secret[], sights: readonly Sight[]): string[] {
  return sights.flatMap(({ where, text }) =>
    secrets.filter((secret) => text.includes(secret.text)).map(({ name }) => `${name} in ${where}`),
  );
}

/** What stands among these sights for certain and is no secret: found, it shows that the search finds. */
interface Searched {
  readonly sights: readonly Sight[];
  readonly known: string;
}

/** @throws Error when not even what is known is found there */
function search(secrets: readonly Secret[], what: string, { sights, known }: Searched): Sighting {
  if (!sights.some(({ text }) => text.includes(known))) throw new Error(`${what}: "${known}" is not found either`);
  return { wrong: givenAway(secrets, sights), evidence: { [what]: sights.length } };
}

async function processSights(cluster: Cluster, member: BundleMember): Promise<Sight[]> {
  return (await processesOf(cluster, member)).flatMap(({ id, arguments: command, environment }): Sight[] => {
    const where = `${member.name}, process ${id}`;
    if (environment === null) throw new Error(`${where}: its environment cannot be read`);
    return [
      { where: `the arguments of ${where}`, text: command },
      { where: `the environment of ${where}`, text: environment },
    ];
  });
}

/** A word that each kind of daemon logs whenever it starts. */
const LOGGED: Record<NodeRole, string> = {
  etcd: String(PORTS.etcd),
  postgresql: String(PORTS.postgresql),
  haproxy: "rw",
  pgbouncer: String(PORTS.pgbouncer),
};

async function inMember(cluster: Cluster, member: BundleMember, secrets: readonly Secret[]): Promise<Sighting[]> {
  return [
    search(secrets, "descriptions", { sights: await cluster.description(member), known: member.container }),
    search(secrets, "processes", { sights: await processSights(cluster, member), known: "PATH=" }),
    search(secrets, "logs", {
      sights: [{ where: `the log of ${member.name}`, text: await cluster.logs(member) }],
      known: LOGGED[member.role],
    }),
  ];
}

/** What sessions run and have run, as every role with `pg_monitor` can read it. */
async function statementSights(cluster: Cluster, node: BundleMember): Promise<Sight[]> {
  const running = await localQuery(cluster, node, "SELECT query FROM pg_stat_activity");
  return [{ where: `the statements of ${node.name}`, text: running.join("\n") }];
}

const OVERLAYS = /^\/etc\/matriarch\/(?:pki|secrets)\//;

/** Files of a member, as its daemon can read them: a secret stands in its own overlays and nowhere else. */
async function inFiles(cluster: Cluster, member: BundleMember, secrets: readonly Secret[]): Promise<Sighting> {
  const excluded = ["proc", "sys", "dev"].map((name) => `--exclude-dir=${name}`);
  const grep = ["grep", "-r", "-s", "-l", "-F", "--devices=skip", ...excluded, "-f", "-", "/"];
  const { stdout } = await cluster.run(member, grep, `${secrets.map(({ text }) => text).join("\n")}\n`);
  const files = stdout.split("\n").filter((line) => line !== "");
  const overlays = files.filter((file) => OVERLAYS.test(file));
  if (overlays.length === 0) throw new Error(`${member.name}: the secrets are not even found where they belong`);
  return {
    wrong: files.filter((file) => !OVERLAYS.test(file)).map((file) => `a secret stands in ${file} of ${member.name}`),
    evidence: { overlays: overlays.length },
  };
}

const nowhere: Probe = {
  id: "access-secrets",
  text: "No password and no private key stands in a log, an image, a container's settings, a process's arguments or environment, a statement or a rendered file.",
  look: async (cluster) => {
    const { facts } = cluster;
    const secrets = await secretsOf(facts);
    const members = facts.members.map((member) => inMember(cluster, member, secrets));
    const statements = membersWith(facts, "postgresql").map(async (node) =>
      search(secrets, "statements", { sights: await statementSights(cluster, node), known: "pg_stat_activity" }),
    );
    return together([
      search(secrets, "rendered files", { sights: await filesBelow(facts, "rendered"), known: facts.scope }),
      ...(await Promise.all(members)).flat(),
      ...(await Promise.all(statements)),
      { wrong: [], evidence: { secrets: secrets.length } },
    ]);
  },
};

const atHome: Probe = {
  id: "access-secret-files",
  text: "In every member the secrets stand in its own overlays alone, whatever the image, the volume or a daemon has written.",
  look: async (cluster) => {
    const secrets = await secretsOf(cluster.facts);
    const sightings: Sighting[] = [];
    // Each reads a whole data directory: one at a time.
    for (const member of cluster.facts.members) sightings.push(await inFiles(cluster, member, secrets));
    return together(sightings);
  },
};

/** What must not be opened here. */
export const secretsAccess: readonly Probe[] = [nowhere, atHome];
