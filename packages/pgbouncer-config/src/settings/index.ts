import type { SettingGroup } from "@matriarch/topology";
import { DEFAULTS } from "./defaults.ts";
import { FREE } from "./free.ts";
import { OWNED, type Pooler, REFUSED } from "./owned.ts";

/** Every setting of the section [pgbouncer], by the titles and in the order of the file. */
export const SETTINGS: readonly SettingGroup<Pooler>[] = [
  ...Object.entries(OWNED).map(([title, settings]) => ({ title, settings })),
  ...Object.entries(DEFAULTS).map(([title, settings]) => ({ title, settings })),
  { title: "Left at PgBouncer's own defaults", settings: FREE },
  { title: "Kept out of the file", settings: REFUSED },
];
