import type { Accepts } from "@matriarch/topology";

/** PgBouncer keeps numbers in a C int. */
const LARGEST = 2 ** 31 - 1;

export const TEXT: Accepts = { type: "text" };
export const SWITCH: Accepts = { type: "switch" };
export const INTEGER: Accepts = { type: "integer", min: 0, max: LARGEST };
export const SECONDS: Accepts = { type: "real", min: 0, max: LARGEST, unit: "seconds" };
