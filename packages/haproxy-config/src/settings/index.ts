import type { SettingGroup } from "@matriarch/topology";
import { DEFAULTS, type HaproxyFacts } from "./defaults.ts";
import { FREE } from "./free.ts";
import { OWNED } from "./owned.ts";

/** Every directive of the global section that Matriarch knows. */
export const SETTINGS: readonly SettingGroup<HaproxyFacts, readonly string[]>[] = [
  { title: "Defaults", settings: DEFAULTS },
  { title: "Left at HAProxy's own defaults", settings: FREE },
  { title: "Kept out of a topology's reach", settings: OWNED },
];
