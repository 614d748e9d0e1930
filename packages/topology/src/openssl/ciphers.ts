import type { PlatformId } from "../platform.ts";
import { SUITES, WORDS } from "./debian-13.ts";

/** What the OpenSSL of a platform knows of cipher suites before TLS 1.3, whose own have another list. */
export interface CipherTable {
  /** In OpenSSL's order. */
  readonly suites: readonly string[];
  /** Words for several suites: a bit for each, the first suite lowest. */
  readonly words: Readonly<Record<string, bigint>>;
}

const TABLES: Readonly<Record<PlatformId, CipherTable>> = { "debian-13": { suites: SUITES, words: WORDS } };

/** The suites that `a`, or `a+b` for what both stand for, means; none for what OpenSSL does not know. */
function meaning(text: string, { suites, words }: CipherTable): bigint {
  return text
    .split("+")
    .map((name) => words[name] ?? (suites.includes(name) ? 1n << BigInt(suites.indexOf(name)) : 0n))
    .reduce((all, bits) => all & bits);
}

const ITEM = /^([-+!]?)([A-Za-z0-9._=-]+(?:\+[A-Za-z0-9._=-]+)*)$/;
const COMMAND = /^@(STRENGTH|SECLEVEL=[0-5])$/;

/**
 * The cipher suites before TLS 1.3 that OpenSSL makes of a list (`ECDHE+AESGCM:!aNULL`), in its own order; none where it
 * refuses the list. Unknown words are passed over, as OpenSSL does. Source: ssl_cipher_process_rulestr in ssl/ssl_ciph.c.
 */
export function cipherSuites(list: string, platform: PlatformId): string[] {
  const table = TABLES[platform];
  let chosen = 0n;
  let banned = 0n;
  for (const [place, item] of list.split(/[: ;,]+/).entries()) {
    if (item === "" || COMMAND.test(item)) continue;
    const [, sign, name = ""] = ITEM.exec(item) ?? [];
    if (sign === undefined) return [];
    // Only the first word is looked at as this one.
    const bits = name === "DEFAULT" && place > 0 ? 0n : meaning(name, table);
    if (sign === "") chosen |= bits & ~banned;
    if (sign === "-" || sign === "!") chosen &= ~bits;
    if (sign === "!") banned |= bits;
  }
  return table.suites.filter((_, place) => (chosen & (1n << BigInt(place))) !== 0n);
}
