import type { ParsedTopology } from "../schema/schema.ts";
import type { Topology } from "../resolve/topology.ts";
import type { Accepts } from "./accepts.ts";

/** A value as a topology can write it. */
export type ParameterValue = ParsedTopology["parameters"]["postgresql"][string];

/**
 * What puts a changed value in force. `reload`: the daemon reads its file again. `restart`: it starts anew with its data.
 * `recreate`: its container or unit has to be made anew. `initdb`: only a new data directory.
 */
export type TakesEffect = "reload" | "restart" | "recreate" | "initdb";

/** Why a topology cannot set something, and what it says instead. Sentences without and with a full stop. */
export interface Owner {
  readonly because: string;
  readonly instead: string;
}

/** A value that the daemon takes, and that harms. */
export interface Danger {
  readonly when: (value: ParameterValue, topology: Topology) => boolean;
  /** A sentence about what comes of it. */
  readonly because: string;
  /** What to do. */
  readonly instead: string;
}

interface Row {
  /** As the daemon spells it. */
  readonly key: string;
  /** Said above it in the file: why the value is not what one would expect, or what it decides. */
  readonly why?: string;
  /** The first release of the daemon that knows it. */
  readonly since?: string;
  /** The first release that no longer knows it. */
  readonly until?: string;
}

/** Matriarch decides it. */
export interface OwnedSetting<Facts, Value = ParameterValue> extends Row {
  readonly owner: Owner;
  readonly value: (facts: Facts) => Value;
  readonly takesEffect: TakesEffect;
}

/** It stays out of the file, and out of a topology's reach. */
export interface RefusedSetting extends Row {
  readonly owner: Owner;
  readonly value?: never;
}

/** A topology may set it. */
export interface FreeSetting<Facts, Value = ParameterValue> extends Row {
  readonly owner?: never;
  readonly accepts: Accepts;
  /** What Matriarch says where the topology says nothing; absent: the daemon's own default. */
  readonly value?: (facts: Facts) => Value;
  readonly takesEffect: TakesEffect;
  readonly dangers?: readonly Danger[];
}

/**
 * One row for each thing that a daemon's file can say: who decides it, what is accepted, what is written, what puts it in
 * force, and why. Rules, files and plans are made from these rows. `Facts` is what a value is computed from.
 */
export type Setting<Facts = never, Value = ParameterValue> = OwnedSetting<Facts, Value> | RefusedSetting | FreeSetting<Facts, Value>;

/** Settings that belong together, under a title that the file shows where its format has comments. */
export interface SettingGroup<Facts = never, Value = ParameterValue> {
  readonly title: string;
  readonly settings: readonly Setting<Facts, Value>[];
}

/** Whether a topology may set it. */
export function isFree<Facts, Value>(setting: Setting<Facts, Value>): setting is FreeSetting<Facts, Value> {
  return setting.owner === undefined;
}

/** Rows for keys that stay out of the file for one reason. */
export function refused(owner: Owner, keys: readonly string[]): RefusedSetting[] {
  return keys.map((key) => ({ key, owner }));
}
