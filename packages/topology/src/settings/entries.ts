import type { Topology } from "../resolve/topology.ts";
import type { Accepts } from "./accepts.ts";
import type { Dialect } from "./dialect.ts";
import { byKey } from "./rules.ts";
import { isFree, type ParameterValue, type Setting, type SettingGroup } from "./setting.ts";

/** One line of a daemon's file. */
export interface Entry<Value> {
  readonly key: string;
  readonly value: Value;
  readonly why?: string;
}

/** Lines of a daemon's file under a title. */
export interface EntryGroup<Value> {
  readonly title: string;
  readonly entries: readonly Entry<Value>[];
}

/** What a topology sets and the daemon takes: what it refuses is the rule's to tell, and is left out. In the order of the keys. */
export function writtenSettings<Facts, Value>(
  dialect: Dialect,
  groups: readonly SettingGroup<Facts, Value>[],
  topology: Topology,
): { readonly key: string; readonly accepts: Accepts; readonly value: ParameterValue }[] {
  const rows = byKey(groups, dialect);
  return Object.entries(topology.parameters[dialect.section])
    .flatMap(([key, value]) => {
      const row = rows.get(dialect.canonical(key));
      const taken = row !== undefined && isFree(row) && dialect.refuse(row.accepts, value, topology) === undefined;
      return taken ? [{ key: row.key, accepts: row.accepts, value }] : [];
    })
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

const WRITTEN_TITLE = "Set in the topology";

function entryOf<Facts, Value>({ key, value, why }: Setting<Facts, Value>, facts: Facts): Entry<Value>[] {
  return value === undefined ? [] : [{ key, value: value(facts), ...(why === undefined ? {} : { why }) }];
}

/**
 * The lines of a file: what Matriarch decides, the defaults that the topology leaves as they are, then what the topology
 * sets, under a title of its own. Groups without a line are left out.
 */
export function entriesOf<Facts, Value>(
  groups: readonly SettingGroup<Facts, Value>[],
  facts: Facts,
  written: readonly Entry<Value>[],
): EntryGroup<Value>[] {
  const replaced = new Set(written.map(({ key }) => key));
  const own = groups.map(({ title, settings }) => ({
    title,
    entries: settings.filter(({ key }) => !replaced.has(key)).flatMap((setting) => entryOf(setting, facts)),
  }));
  return [...own, { title: WRITTEN_TITLE, entries: written }].filter(({ entries }) => entries.length > 0);
}
