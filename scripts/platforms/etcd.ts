// Asks etcd in the image of each platform what it knows, and writes that down: pnpm platforms:etcd
import { ASK_ETCD, readEtcdFacts } from "../../apps/compose-gen/src/checkers/daemons/etcd-facts.ts";
import { PLATFORMS, type PlatformId } from "../../packages/topology/src/index.ts";
import { askImage } from "./image.ts";
import { nameList, sourceFile } from "./typescript.ts";
import { writeGenerated } from "./write.ts";

for (const platform of Object.keys(PLATFORMS) as PlatformId[]) {
  const { version, table } = readEtcdFacts(askImage(platform, "etcd", ASK_ETCD));
  const constants = Object.entries(table).map(
    ([name, names]) => `export const ${name.toUpperCase()}: readonly string[] = ${nameList(names)};`,
  );
  writeGenerated(
    `packages/etcd-config/src/platforms/${platform}/etcd.ts`,
    sourceFile("pnpm platforms:etcd", `etcd ${version} of ${platform}`, [], constants),
  );
  console.log(`${platform}: ${table.flags.length} flags of etcd ${version}`);
}
