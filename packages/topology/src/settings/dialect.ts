import type { Topology } from "../resolve/topology.ts";
import type { Accepts } from "./accepts.ts";
import type { ParameterValue } from "./setting.ts";

/** A key under `parameters`: whose free parameters they are. */
export type ParameterSection = keyof Topology["parameters"];

/** Why a daemon does not take a value. */
export interface Refusal {
  /** What it must be, to follow "must be". */
  readonly mustBe: string;
  /** What to do, as a sentence. */
  readonly hint: string;
}

/** How one daemon names and reads what its file says. */
export interface Dialect<Section extends ParameterSection = ParameterSection> {
  readonly section: Section;
  /** Its name in messages. */
  readonly title: string;
  readonly version: (topology: Topology) => string;
  /** A name in the spelling by which the daemon compares names. */
  readonly canonical: (key: string) => string;
  /** A name in the spelling that people most likely meant: hyphens for underscores and the like. */
  readonly usual: (key: string) => string;
  /** Whether a name without a row is one that nobody knows before the daemon runs, and that it takes; absent: there is none. */
  readonly isOpen?: (key: string) => boolean;
  /** `undefined`: the daemon puts the value in force as it is written. */
  readonly refuse: (accepts: Accepts, value: ParameterValue, topology: Topology) => Refusal | undefined;
  /** What the daemon does with a name that it does not know, and with a value that it does not take; to follow a colon. */
  readonly consequence: { readonly unknown: string; readonly invalid: string };
  /** Where the names are found, to follow "Take the name from". */
  readonly manual: string;
}
