import type { Accepts } from "@matriarch/topology";

const LARGEST = 2 ** 31 - 1;

function integer(min: number, max: number): Accepts {
  return { type: "integer", min, max };
}

/** A bare keyword: true, or false for none. */
export const SWITCH: Accepts = { type: "switch" };
export const ON_OFF: Accepts = { type: "word", words: ["on", "off"] };
/** Read with atol() by HAProxy 3.0: `16m` is 16. So here it is digits and nothing else. */
export const COUNT: Accepts = integer(0, LARGEST);
export const POSITIVE: Accepts = integer(1, LARGEST);
export const between: (min: number, max: number) => Accepts = integer;
export const upTo = (max: number): Accepts => integer(0, max);

/** A number counts milliseconds; us, ms, s, m, h and d may follow it. */
export const milliseconds = (min: number, max: number): Accepts => ({ type: "integer", min, max, unit: "ms" });
export const DELAY: Accepts = milliseconds(0, LARGEST);
/** A number counts seconds; the same units may follow it. */
export const SECONDS: Accepts = { type: "integer", min: 0, max: LARGEST, unit: "s" };

export const WORD: Accepts = { type: "text", form: "one word" };
export const HOST_NAME: Accepts = { type: "text", form: "a host name, or true for the machine's own" };
export const CIPHERS: Accepts = { type: "text", form: "a list of cipher suites that OpenSSL knows" };
export const CIPHER_SUITES: Accepts = { type: "text", form: "a list of cipher suites of TLS 1.3 that OpenSSL knows, with colons" };
export const GROUPS: Accepts = { type: "text", form: "a list of curves that OpenSSL knows, with colons" };
export const SIGNATURES: Accepts = { type: "text", form: "a list of signature algorithms that OpenSSL knows, with colons" };
export const PROPERTIES: Accepts = { type: "text", form: "provider=default, or optional properties (?name=value), with commas" };
export const CPU_MAP: Accepts = { type: "text", form: 'threads and processors, such as "1/1-4 0-3"' };
export const THREAD_GROUP: Accepts = { type: "text", form: 'a group from 1 to 16 and its threads, such as "1 1-4"' };
