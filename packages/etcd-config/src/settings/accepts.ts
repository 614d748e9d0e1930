import type { Accepts } from "@matriarch/topology";

export const TEXT: Accepts = { type: "text" };
export const SWITCH: Accepts = { type: "switch" };
export const LIST: Accepts = { type: "list" };
export const INTEGER: Accepts = { type: "integer", min: 0, max: Number.MAX_SAFE_INTEGER };
export const NANOSECONDS: Accepts = { type: "integer", min: 0, max: Number.MAX_SAFE_INTEGER, unit: "nanoseconds" };
