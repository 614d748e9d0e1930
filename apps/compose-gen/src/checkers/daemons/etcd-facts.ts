import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { EtcdTable } from "@matriarch/etcd-config/testing";

/** A shell script for etcd's image; it prints what `readEtcdFacts` reads. */
export const ASK_ETCD = readFileSync(fileURLToPath(new URL("ask-etcd.sh", import.meta.url)), "utf8");

/** What an etcd says of itself: its version, its flags, and the cipher suites that it takes. */
export function readEtcdFacts(output: string): { readonly version: string; readonly table: EtcdTable } {
  const lines = output.split("\n").map((line) => line.split(" "));
  const all = (kind: string) => [...new Set(lines.filter(([first]) => first === kind).map(([, name = ""]) => name))].toSorted();
  return { version: all("version").join(""), table: { flags: all("flag"), suites: all("suite") } };
}
