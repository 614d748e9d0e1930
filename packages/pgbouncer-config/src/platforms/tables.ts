import type { PlatformId } from "@matriarch/topology";
import { SHOW_CONFIG } from "./debian-13/show-config.ts";

/** A line of `SHOW CONFIG`, and how the value is read. */
export interface ConfigLine {
  readonly type: "text" | "seconds" | "integer" | "word";
  readonly default: string;
  /** By `RELOAD`. */
  readonly changeable: boolean;
}

/** What the PgBouncer of each platform says of its settings. */
export const TABLES: Readonly<Record<PlatformId, Readonly<Record<string, ConfigLine>>>> = { "debian-13": SHOW_CONFIG };
