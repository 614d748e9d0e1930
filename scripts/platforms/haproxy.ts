// Asks HAProxy in the image of each platform what it knows, and writes that down: pnpm platforms:haproxy
import { ASK_HAPROXY, readHaproxyFacts } from "../../apps/compose-gen/src/checkers/daemons/haproxy-facts.ts";
import { PLATFORMS, type PlatformId } from "../../packages/topology/src/index.ts";
import { askImage } from "./image.ts";
import { nameList, sourceFile } from "./typescript.ts";
import { writeGenerated } from "./write.ts";

for (const platform of Object.keys(PLATFORMS) as PlatformId[]) {
  const { version, table } = readHaproxyFacts(askImage(platform, "haproxy", ASK_HAPROXY));
  const constants = Object.entries(table).map(
    ([name, names]) => `export const ${name.toUpperCase()}: readonly string[] = ${nameList(names)};`,
  );
  const text = sourceFile("pnpm platforms:haproxy", `HAProxy ${version} of ${platform}`, [], constants);
  writeGenerated(`packages/haproxy-config/src/platforms/${platform}/haproxy.ts`, text);
  console.log(`${platform}: ${table.keywords.length} keywords of HAProxy ${version}`);
}
