import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { renderComposeBundle } from "../../apps/compose-gen/src/targets/compose/render.ts";
import { type NodeRole, type PlatformId, resolve, topologySchema } from "../../packages/topology/src/index.ts";

function docker(args: readonly string[], input = ""): string {
  return execFileSync("docker", args, { input, encoding: "utf8", maxBuffer: 2 ** 26, stdio: ["pipe", "pipe", "inherit"] });
}

/**
 * Builds the image of one kind as a cluster on this platform would, runs a shell script in it, and takes the image away.
 * @returns what the script says on its standard output
 */
export function askImage(platform: PlatformId, kind: NodeRole, script: string): string {
  const nodes = { n: ["etcd", "postgresql"], p: ["haproxy", "pgbouncer"] };
  const topology = resolve(topologySchema.parse({ cluster: "tables", platform, nodes }));
  const folder = mkdtempSync(path.join(tmpdir(), "matriarch-platform-"));
  const image = `matriarch/tables-${kind}:${platform}`;
  try {
    const files = renderComposeBundle(topology, "0.0.0-tables").filter((file) => file.path.startsWith(`images/${kind}/`));
    for (const { path: file, content, mode } of files) writeFileSync(path.join(folder, path.basename(file)), content, { mode });
    docker(["build", "--quiet", "--tag", image, folder]);
    return docker(["run", "--rm", "--interactive", "--network=none", "--tmpfs=/tmp:mode=1777", "--entrypoint=sh", image, "-s"], script);
  } finally {
    rmSync(folder, { recursive: true });
    docker(["image", "rm", "--force", image]);
  }
}
