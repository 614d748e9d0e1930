import { SETTINGS, TABLES } from "@matriarch/haproxy-config/testing";
import { type Accepts, type FreeSetting, isFree } from "@matriarch/topology";
import fc from "fast-check";
import { type Draws, integers, listed } from "./draw.ts";

/** What a topology may set on this platform. */
export const HAPROXY_ROWS = SETTINGS.flatMap(({ settings }) => settings).filter(isFree);

const { suites, groups, signatures } = TABLES["debian-13"];

const CIPHERS = listed(
  ["HIGH:!aNULL", "ECDHE+AESGCM", "DEFAULT", "NOPE:ECDHE-ECDSA-AES128-GCM-SHA256"],
  ["NOPE", "TLS_AES_128_GCM_SHA256", "!ALL"],
);

/** By key, where the machine or the other directives have a say as well. */
const OF_KEYS: Readonly<Record<string, Draws>> = {
  nbthread: listed([1, "1", false], [0, 257, "many", "1x", 1.5]),
  "thread-groups": listed([1, "1"], [0, 17, "x", 1.5]),
  "cpu-map": listed(["all 0", "1/all 0", "1/1 0"], ["1", "x 0", "1 x", "65 0", "1 1024"]),
  "thread-group": listed(["1 1"], ["x 1", "17 1", "1 x", "1 0"]),
  // Words behind it are passed over.
  "numa-cpu-mapping": listed([true, false], []),
  "log-tag": listed(["tag", "a#b", 5], ["two words"]),
  "log-send-hostname": listed([true, "here"], []),
  "ssl-propquery": listed(["provider=default", "?fips=yes"], ["fips=yes", "x=y", "1"]),
  "ssl-provider-path": listed(["/tmp"], []),
  "ssl-default-bind-ciphersuites": listed(suites, ["NOPE", "tls_aes_128_gcm_sha256"]),
  "ssl-default-server-ciphersuites": listed(suites, ["NOPE", "tls_aes_128_gcm_sha256"]),
  "ssl-default-bind-curves": listed([...groups, groups.slice(0, 4).join(":")], ["NOPE", "X25519:NOPE"]),
  "ssl-default-bind-sigalgs": listed([...signatures, signatures.slice(0, 4).join(":")], ["NOPE", "RSA+SHA256:NOPE"]),
  "ssl-default-bind-ciphers": CIPHERS,
  "ssl-default-server-ciphers": CIPHERS,
  "tune.bufsize": { ...listed([2048, 16_384], [256, 268_435_456, 0, "x"]), anyTaken: fc.integer({ min: 16_384, max: 65_536 }) },
  "tune.maxrewrite": { ...listed([0, 1024, 8192], [16_384, -1]), anyTaken: fc.integer({ min: 0, max: 8000 }) },
  "tune.ssl.cachesize": { ...listed([0, 20_000], [-1, 134_217_728]), anyTaken: fc.integer({ min: 0, max: 100_000 }) },
  // Each takes its memory at the start.
  "tune.http.maxhdr": { ...listed([5, 32_767], [0, 4, 32_768, "x"]), anyTaken: fc.integer({ min: 101, max: 1000 }) },
};

const time = (max: number) =>
  fc.integer({ min: 1, max }).chain((number) => fc.constantFrom<number | string>(number, `${number}ms`, `${Math.ceil(number / 1000)}s`));

function drawsOfType(accepts: Accepts): Draws {
  switch (accepts.type) {
    case "switch":
      return listed([true, false], ["x", 1]);
    case "integer":
    case "real":
      if (accepts.unit === "ms")
        return {
          ...integers(accepts, ["x", "1.5", -1]),
          anyTaken: time(Math.min(accepts.max, 60_000) - 999),
          anyRefused: fc.constantFrom("10k", "1h30m", "on"),
        };
      if (accepts.unit === "s")
        return { ...integers(accepts, ["x", -1]), anyTaken: fc.integer({ min: 1, max: 86_400 }), anyRefused: fc.constantFrom("10k", "on") };
      return accepts.max === 2 ** 31 - 1 || accepts.min === -1
        ? { ...listed([accepts.min, 1, accepts.max], []), anyTaken: fc.integer({ min: accepts.min, max: 100_000 }) }
        : listed([accepts.min, accepts.max], [accepts.min - 1, accepts.max + 1]);
    case "word":
      return listed(accepts.words, ["x", 1]);
    case "list":
      return listed([...(accepts.words ?? []), (accepts.words ?? []).join(",")], ["x", "err,x"]);
    case "text":
      throw new RangeError("a text has values by its key");
  }
}

/** Values for a row. Numbers that HAProxy reads without looking at their end have no refusal that could be seen. */
export function haproxyDraws({ key, accepts }: FreeSetting<never, unknown>): Draws {
  return OF_KEYS[key] ?? drawsOfType(accepts);
}
