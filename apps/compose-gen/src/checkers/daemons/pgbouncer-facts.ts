import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ConfigLine } from "@matriarch/pgbouncer-config/testing";
import { z } from "zod";

/** A shell script for PgBouncer's image; it prints what `readPgbouncerFacts` reads. */
export const ASK_PGBOUNCER = readFileSync(fileURLToPath(new URL("ask-pgbouncer.sh", import.meta.url)), "utf8");

const typeSchema = z.enum(["text", "seconds", "integer", "word"]);

/** What a PgBouncer says of itself: its version, and each setting by its name. */
export function readPgbouncerFacts(output: string): { readonly version: string; readonly config: Readonly<Record<string, ConfigLine>> } {
  const [version = "", ...lines] = output.trimEnd().split("\n");
  const rows = lines.map((line): [string, ConfigLine] => {
    // A default may hold a bar; the other columns do not.
    const [, key = "", byDefault = "", changeable, type] = /^([^|]*)\|(.*)\|(yes|no)\|([a-z]+)$/.exec(line) ?? [];
    return [key, { type: typeSchema.parse(type), default: byDefault, changeable: changeable === "yes" }];
  });
  return { version, config: Object.fromEntries(rows.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}
