import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { DAEMON_USERS, NODE_ROLES, type NodeRole, layoutOf } from "@matriarch/topology";
import { imageName } from "../../targets/compose/containers.ts";
import type { CheckedBundle } from "../checked-bundle.ts";
import { run, runOrThrow } from "../process.ts";
import { SAMPLE } from "./sample.ts";

/** What a bench is for: those of two purposes stand beside each other. */
const PURPOSES = ["sample", "parameters"] as const;
type Purpose = (typeof PURPOSES)[number];

const containerOf = (purpose: Purpose, kind: NodeRole) => `matriarch-check-${purpose}-${kind}`;

/** Where the files of one topology are, and whose they are. */
interface Placed {
  readonly place: number;
  readonly member: { readonly name: string };
}

/** A container of one kind's image with a throw-away PKI, in which files are checked one after the other. */
export interface Bench {
  /**
   * Runs a script of this folder, told the place and the member of each topology, a line each.
   * @returns what it says on its standard output; throws when it fails
   */
  readonly check: (script: string, members: readonly Placed[]) => Promise<string>;
  /** What a shell script says on its standard output; throws when it fails. */
  readonly ask: (script: string) => Promise<string>;
}

/** Takes away one bench. */
export async function removeBench(kind: NodeRole, purpose: Purpose = "sample"): Promise<void> {
  // Fails where there is none.
  await run("docker", ["rm", "--force", "--volumes", containerOf(purpose, kind)]);
}

/** Takes away every bench, also those that an interrupted run left. */
export async function removeBenches(): Promise<void> {
  for (const purpose of PURPOSES) for (const kind of NODE_ROLES) await removeBench(kind, purpose);
}

/** Options of `docker run`: nobody to talk to but the loopback, on which any address can be listened on and etcd has all its names. */
function optionsOf(kind: NodeRole, member: string, mounts: readonly string[]): string[] {
  const { id } = DAEMON_USERS[kind];
  const { volume, run: runtime } = layoutOf("compose", kind, member);
  const writable = [...new Set(["/tmp", "/etc/matriarch", volume, runtime])];
  const etcd = [...new Set([member, ...SAMPLE.flatMap((topology) => topology.etcd.map(({ name }) => name))])];
  return [
    "--read-only",
    "--cap-drop=ALL",
    `--user=${id}:${id}`,
    "--network=none",
    "--sysctl=net.ipv4.ip_nonlocal_bind=1",
    ...writable.map((folder) => `--tmpfs=${folder}:uid=${id},gid=${id},mode=0700`),
    ...mounts.map((mount) => `--volume=${mount}:ro`),
    ...etcd.map((name) => `--add-host=${name}:127.0.0.1`),
  ];
}

/** Starts a bench from the image of an example. */
export async function startBench(
  { topology, directory }: Pick<CheckedBundle, "topology" | "directory">,
  kind: NodeRole,
  sample: string,
  purpose: Purpose = "sample",
): Promise<Bench> {
  await removeBench(kind, purpose);
  const [{ name } = { name: "" }] = topology[kind];
  const options = optionsOf(kind, name, [`${path.join(directory, "pki", name)}:/pki`, `${sample}:/sample`]);
  const idle = ["--entrypoint=/usr/bin/tini", imageName(topology, kind), "--", "sleep", "infinity"];
  await runOrThrow("docker", ["run", "--detach", `--name=${containerOf(purpose, kind)}`, ...options, ...idle]);
  const inside = (command: readonly string[], input: string) =>
    runOrThrow("docker", ["exec", "--interactive", containerOf(purpose, kind), ...command], { input });
  return {
    ask: (script) => inside(["sh", "-s"], script),
    check: async (script, members) => {
      const text = await readFile(fileURLToPath(new URL(script, import.meta.url)), "utf8");
      const lines = members.map(({ place, member }) => `${place} ${member.name}\n`).join("");
      await inside(["sh", "-c", "mkdir -p /etc/matriarch/rendered; ln -sfn /pki /etc/matriarch/pki; cat > /tmp/check"], text);
      return inside(script.endsWith(".py") ? ["python3", "/tmp/check"] : ["sh", "-eu", "/tmp/check"], lines);
    },
  };
}
