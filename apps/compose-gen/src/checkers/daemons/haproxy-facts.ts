import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type HaproxyTable, SETTINGS } from "@matriarch/haproxy-config/testing";

const ASK = readFileSync(fileURLToPath(new URL("ask-haproxy.sh", import.meta.url)), "utf8");

/** A shell script for HAProxy's image, told the names of all rows; it prints what `readHaproxyFacts` reads. */
export const ASK_HAPROXY = `set -- ${SETTINGS.flatMap(({ settings }) => settings.map(({ key }) => key)).join(" ")}\n${ASK}`;

/** What a HAProxy says of itself: its version, and what it knows. */
export function readHaproxyFacts(output: string): { readonly version: string; readonly table: HaproxyTable } {
  const lines = output.split("\n").map((line) => line.split(" "));
  const all = (kind: string) => [...new Set(lines.filter(([first]) => first === kind).map(([, name = ""]) => name))].toSorted();
  const table = { keywords: all("keyword"), suites: all("suite"), groups: all("group"), signatures: all("signature") };
  return { version: all("version").join(""), table };
}
