import { SETTINGS, TABLES } from "@matriarch/pgbouncer-config/testing";
import { type FreeSetting, isFree, type ParameterValue } from "@matriarch/topology";
import fc from "fast-check";
import { type Draws, integers, listed } from "./draw.ts";

/** What a topology may set on this platform. */
export const PGBOUNCER_ROWS = SETTINGS.flatMap(({ settings }) => settings)
  .filter(isFree)
  .filter(({ key }) => key in TABLES["debian-13"]);

const line = fc.string({ unit: "grapheme-ascii", maxLength: 40 }).map((text) => text.trim());

const TEXTS: Readonly<Record<string, Draws>> = {
  "a list of cipher suites that OpenSSL knows": listed(
    ["default", "Secure", "", "HIGH:!aNULL", "ECDHE+AESGCM:ECDHE+CHACHA20", "ECDHE-ECDSA-AES128-GCM-SHA256", "NOPE:HIGH", "ALL:@STRENGTH"],
    ["NOPE", "TLS_AES_128_GCM_SHA256", "!ALL", "HIGH:!HIGH", "ecdhe"],
  ),
  "auto, none, prime256v1, secp384r1 or secp521r1": listed(
    ["auto", "None", "", "prime256v1", "secp384r1", "secp521r1"],
    ["P-256", "X25519", "SECP384R1", "prime256v1:secp384r1"],
  ),
  "auto or none": listed(["auto", "AUTO", "none", ""], ["legacy", "2048", "/etc/dh.pem"]),
};
const ANY_TEXT: Draws = {
  taken: ["", "; no comment # here", 'it\'s "quoted" \\ %d'],
  anyTaken: line,
  refused: [" blank before", "blank behind "],
  anyRefused: line.filter((text) => text !== "").map((text) => ` ${text}`),
};

/** Too small for a login: it ends with the first client. */
const BYTES: Draws = { ...listed([112, 4096], [104, 1.5, "4k"]), anyTaken: fc.integer({ min: 1024, max: 65_536 }) };

const seconds = fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.double({ min: 0.000_001, max: 1e6, noNaN: true }));

/** With less than a second nobody is let in long enough to ask what is in force. */
const PATIENT = ["client_login_timeout", "client_idle_timeout", "query_timeout"];

/** Values for a row. */
export function pgbouncerDraws({ key, accepts }: FreeSetting<never, unknown>): Draws {
  switch (accepts.type) {
    case "switch":
      // Where simple queries are refused nobody can ask the console.
      return listed(key === "disable_pqexec" ? [false, 0] : [true, false, 0, 1], ["yes", "on", "true", 0.5]);
    case "integer":
      return accepts.min > 0 ? BYTES : integers(accepts, ["10s", 1.5, "x"]);
    case "real":
      return {
        taken: [0, PATIENT.includes(key) ? 5 : 0.000_001, accepts.max],
        anyTaken: PATIENT.includes(key) ? fc.integer({ min: 5, max: 10_000 }) : seconds,
        refused: [1e-7, accepts.max + 1, -1, "10s"],
        anyRefused: fc.constantFrom(-0.5, 5e-8, 1e15, "1min", "x"),
      };
    case "word":
    case "list":
    case "text":
      return (accepts.type === "text" ? TEXTS[accepts.form ?? ""] : undefined) ?? ANY_TEXT;
  }
}

/** The value as SHOW CONFIG prints it when it is in force; times have six digits there. */
export function isShown(key: string, value: ParameterValue, shown: string): boolean {
  const accepts = PGBOUNCER_ROWS.find((row) => row.key === key)?.accepts;
  if (accepts?.type === "real") return Number(shown) === Number((Math.trunc(Number(value) * 1e6) / 1e6).toPrecision(6));
  return shown === String(typeof value === "boolean" ? Number(value) : value);
}
