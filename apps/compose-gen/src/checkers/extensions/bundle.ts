import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DAEMON_USERS, layoutOf, PLATFORMS } from "@matriarch/topology";
import { stringify } from "yaml";
import { run, runOrThrow } from "../process.ts";
import type { TrialBundle } from "../trial-instance.ts";
import { MAIN } from "../variant.ts";

const NAME = "matriarch-check-extensions";
const NODE = "pg1";

/** A cluster whose one application has every extension of a platform. */
const TOPOLOGY = {
  cluster: NAME,
  platform: "debian-13",
  nodes: { etcd1: ["etcd"], [NODE]: ["postgresql"], edge1: ["haproxy"] },
  databases: { app: { extensions: Object.keys(PLATFORMS["debian-13"].extensions) } },
  parameters: { postgresql: { "pgaudit.log": "ddl, role" } },
};

/** The image of that cluster's PostgreSQL, and a container in which nothing runs yet. */
export interface ExtensionBundle extends TrialBundle {
  readonly node: string;
  readonly remove: () => Promise<void>;
}

/** Takes away the container and the image, also those that an interrupted run left. */
async function removeAll(): Promise<void> {
  // Each fails where there is none.
  await run("docker", ["rm", "--force", "--volumes", NAME]);
  await run("docker", ["rmi", "--force", NAME]);
}

/** Renders the bundle by the program that users run, builds its image and starts a container with all of its restrictions. */
export async function extensionBundle(): Promise<ExtensionBundle> {
  await removeAll();
  const directory = await mkdtemp(path.join(tmpdir(), `${NAME}-`));
  const rendered = path.join(directory, "rendered/current");
  await writeFile(`${directory}.yaml`, stringify(TOPOLOGY));
  await runOrThrow(process.execPath, [MAIN, "render", `${directory}.yaml`, "--out", directory]);
  await runOrThrow("docker", ["build", "--quiet", "--tag", NAME, path.join(rendered, "images/postgresql")]);
  const { id } = DAEMON_USERS.postgresql;
  const layout = layoutOf("compose", "postgresql", NODE);
  const mounts = [
    `${directory}/rendered:/etc/matriarch/rendered:ro`,
    `${directory}/pki/${NODE}:${layout.pki}:ro`,
    `${directory}/secrets/${NODE}:${layout.secrets}:ro`,
  ];
  const confined = ["--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges:true", `--user=${id}:${id}`, "--network=none"];
  const writable = ["/tmp", layout.volume, layout.run].map((folder) => `--tmpfs=${folder}:uid=${id},gid=${id},mode=0700`);
  const idle = ["--entrypoint=/usr/bin/tini", NAME, "--", "sleep", "infinity"];
  const options = [
    "--detach",
    `--name=${NAME}`,
    "--shm-size=256m",
    ...confined,
    ...writable,
    ...mounts.map((mount) => `--volume=${mount}`),
  ];
  await runOrThrow("docker", ["run", ...options, ...idle]);
  const inside = (command: readonly string[]) => ["exec", "--interactive", NAME, ...command];
  return {
    node: NODE,
    read: (file) => runOrThrow("cat", [path.join(rendered, file)]),
    exec: (_, command, input = "") => run("docker", inside(command), { input }),
    ask: (_, command, input = "") => runOrThrow("docker", inside(command), { input }),
    remove: async () => {
      await removeAll();
      await rm(directory, { recursive: true });
      await rm(`${directory}.yaml`);
    },
  };
}
