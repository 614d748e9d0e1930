import { SETTINGS, TABLES } from "@matriarch/etcd-config/testing";
import { type FreeSetting, isFree, type ParameterValue } from "@matriarch/topology";
import fc from "fast-check";
import { type Draws, listed } from "./draw.ts";

/** What a topology may set on this platform. */
export const ETCD_ROWS = SETTINGS.flatMap(({ settings }) => settings).filter(isFree);

const { suites } = TABLES["debian-13"];

/** By key, where a value asks something of the machine, or of another parameter, as well. */
const OF_KEYS: Readonly<Record<string, Draws>> = {
  "auto-compaction-retention": listed(
    ["1h", "0", "1h30m", "90s", "1.5h", "-1h", "2562047", ""],
    ["30d", "1 h", "hour", "1h30", "9999999h"],
  ),
  "cipher-suites": listed([...suites, suites.join(",")], ["NOPE", "ECDHE-RSA-AES128-GCM-SHA256", "tls_aes_128_gcm_sha256"]),
  "enable-log-rotation": listed([false], [true, "x"]),
  "experimental-enable-distributed-tracing": listed([false], ["x"]),
  "experimental-enable-lease-checkpoint-persist": listed([false], [true, "x"]),
  "experimental-memory-mlock": listed([false], ["x"]),
  "log-outputs": listed(["stderr", "stdout", "stderr,stdout"], ["default,stderr"]),
  "log-rotation-config-json": listed(['{"maxsize": 10}'], []),
  "tls-max-version": listed(["TLS1.3", ""], ["TLS1.1", "1.2"]),
};

const TEXT = listed(["here", 'it\'s "x"'], []);

/** Values for a row. What etcd replaces or ignores has no refusal that the start shows: only another kind of value has. */
export function etcdDraws({ key, accepts }: FreeSetting<never, unknown>): Draws {
  const ofKey = OF_KEYS[key];
  if (ofKey !== undefined) return ofKey;
  switch (accepts.type) {
    case "switch":
      return listed([true, false], ["x"]);
    case "integer":
    case "real":
      return {
        ...listed([accepts.min, accepts.max], ["10s", "x", 1.5]),
        anyTaken: fc.integer({ min: accepts.min, max: Math.min(accepts.max, 2 ** 31) }),
      };
    case "word":
      return ["log-level", "logger", "auto-compaction-mode", "tls-min-version"].includes(key)
        ? listed(
            accepts.words.filter((word) => word !== "TLS1.3"),
            ["nope"],
          )
        : listed(accepts.words, []);
    case "list":
    case "text":
      return TEXT;
  }
}

/** How the line in which etcd says what it runs with calls a key. */
const SAID: Readonly<Record<string, string>> = {
  "experimental-compact-hash-check-enabled": "compact-check-time-enabled",
  "experimental-initial-corrupt-check": "initial-corrupt-check",
  "experimental-snapshot-catch-up-entries": "snapshot-catchup-entries",
};

/** Whether that line says otherwise; it leaves out most of what is not a number, a switch or a word. */
export function isContradicted(key: string, value: ParameterValue, said: Readonly<Record<string, unknown>>): boolean {
  const shown = said[SAID[key] ?? key];
  return shown !== undefined && key !== "auto-compaction-retention" && key !== "log-outputs" && shown !== value;
}
