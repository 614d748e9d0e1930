// Asks PgBouncer in the image of each platform what it can be told, and writes that down: pnpm platforms:pgbouncer
import { ASK_PGBOUNCER, readPgbouncerFacts } from "../../apps/compose-gen/src/checkers/daemons/pgbouncer-facts.ts";
import { PLATFORMS, type PlatformId } from "../../packages/topology/src/index.ts";
import { askImage } from "./image.ts";
import { record, sourceFile } from "./typescript.ts";
import { writeGenerated } from "./write.ts";

for (const platform of Object.keys(PLATFORMS) as PlatformId[]) {
  const { version, config } = readPgbouncerFacts(askImage(platform, "pgbouncer", ASK_PGBOUNCER));
  const imports = ['import type { ConfigLine } from "../tables.ts";'];
  const table = `export const SHOW_CONFIG: Readonly<Record<string, ConfigLine>> = ${record(config)};`;
  const text = sourceFile("pnpm platforms:pgbouncer", `PgBouncer ${version} of ${platform}`, imports, [table]);
  writeGenerated(`packages/pgbouncer-config/src/platforms/${platform}/show-config.ts`, text);
  console.log(`${platform}: ${Object.keys(config).length} settings of PgBouncer ${version}`);
}
