import type { SettingGroup } from "@matriarch/topology";
import type { EtcdValue } from "../model.ts";
import { DEFAULTS } from "./defaults.ts";
import { FREE } from "./free.ts";
import { type EtcdFacts, OWNED, REFUSED } from "./owned.ts";

/** Every setting of etcd's configuration file, in its order. */
export const SETTINGS: readonly SettingGroup<EtcdFacts, EtcdValue>[] = [
  { title: "Decided by Matriarch", settings: OWNED },
  { title: "Where the topology says nothing else", settings: DEFAULTS },
  { title: "Left at etcd's own defaults", settings: FREE },
  { title: "Kept out of the file", settings: REFUSED },
];
