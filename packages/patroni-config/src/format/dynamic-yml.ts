import { type Entry, stringifyYaml, type YamlComment } from "@matriarch/topology";
import type { DynamicSection, ParameterValue } from "../model.ts";

type Parameters = Readonly<Record<string, ParameterValue>>;

export function mappingOf(entries: readonly Entry<ParameterValue>[]): Parameters {
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}

/** The reasons of some entries that lie below a key. */
export function reasonsOf(entries: readonly Entry<ParameterValue>[], below: readonly string[]): YamlComment[] {
  return entries.flatMap(({ key, why }) => (why === undefined ? [] : [{ path: [...below, key], text: why }]));
}

/** The section as Patroni reads it. */
export function dynamicTree({ settings, slots, postgresql }: DynamicSection): Readonly<Record<string, unknown>> {
  const kept = Object.keys(slots).length === 0 ? {} : { slots };
  return { ...mappingOf(settings), ...kept, postgresql: { ...postgresql, parameters: mappingOf(postgresql.parameters) } };
}

export function dynamicReasons({ settings, postgresql }: DynamicSection, below: readonly string[]): YamlComment[] {
  return [...reasonsOf(settings, below), ...reasonsOf(postgresql.parameters, [...below, "postgresql", "parameters"])];
}

/** dynamic.yml, for `patronictl edit-config --replace`. */
export function formatDynamic(section: DynamicSection): string {
  return stringifyYaml(dynamicTree(section), dynamicReasons(section, []));
}
