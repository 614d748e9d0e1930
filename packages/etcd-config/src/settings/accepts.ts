import type { Accepts } from "@matriarch/topology";

export const TEXT: Accepts = { type: "text" };
export const SWITCH: Accepts = { type: "switch" };
export const INTEGER: Accepts = { type: "integer", min: 0, max: Number.MAX_SAFE_INTEGER };
/** 0 would be replaced by etcd's own default, or let nothing through. */
export const POSITIVE: Accepts = { type: "integer", min: 1, max: Number.MAX_SAFE_INTEGER };
export const between = (min: number, max: number): Accepts => ({ type: "integer", min, max });
export const NANOSECONDS: Accepts = { type: "integer", min: 0, max: Number.MAX_SAFE_INTEGER, unit: "nanoseconds" };
export const SOME_NANOSECONDS: Accepts = { type: "integer", min: 1, max: Number.MAX_SAFE_INTEGER, unit: "nanoseconds" };
export const words = (...all: readonly string[]): Accepts => ({ type: "word", words: all });

/** Elsewhere the container cannot be written to, and there is no journal in it. */
export const LOG_OUTPUTS: Accepts = { type: "list" };
export const CIPHER_SUITES: Accepts = { type: "list" };

export const RETENTION: Accepts = { type: "text", form: "a whole number, or a duration of Go with the units ns, us, ms, s, m, h" };
export const ROTATION: Accepts = { type: "text", form: "a JSON object" };
export const LOG_LEVELS: Accepts = words("debug", "info", "warn", "error", "dpanic", "panic", "fatal");
