import type { Finding, Severity } from "../diagnostic.ts";
import { nearest } from "../nearest.ts";
import type { Topology } from "../resolve/topology.ts";
import { isBefore } from "../version.ts";
import type { Dialect, ParameterSection } from "./dialect.ts";
import { type FreeSetting, isFree, type ParameterValue, type Setting, type SettingGroup } from "./setting.ts";

/** What can be wrong with a free parameter. */
export type SettingFault = "owned" | "unknown" | "unavailable" | "invalid" | "dangerous";
/** The codes of those faults for the parameters of one section. */
export type SettingCode<Section extends ParameterSection> = `${SettingFault}-parameter-${Section}`;

/** Every row of some groups, by the name as the daemon compares it. */
export function byKey<Facts, Value>(
  groups: readonly SettingGroup<Facts, Value>[],
  { canonical }: Pick<Dialect, "canonical">,
): ReadonlyMap<string, Setting<Facts, Value>> {
  return new Map(groups.flatMap(({ settings }) => settings.map((setting) => [canonical(setting.key), setting])));
}

/** Why the platform's release does not know a setting: the release that brought it, or took it away. */
function unavailability({ since, until }: Setting<never, unknown>, version: string): string | undefined {
  if (since !== undefined && isBefore(version, since)) return `came with ${since}`;
  return until !== undefined && !isBefore(version, until) ? `is gone since ${until}` : undefined;
}

/** Names for which a likely meant one is searched: a file that was meant for something else is not compared word by word. */
const MOST_GUESSES = 20;

function guess(meant: Setting<never, unknown>): string {
  const question = `Did you mean "${meant.key}"?`;
  return isFree(meant) ? question : `${question} A topology cannot set that: ${meant.owner.because}. ${meant.owner.instead}`;
}

/**
 * The one rule about free parameters, made from a daemon's rows: each is judged by the row of its name. What a value means
 * together with other values is for the package's own rules.
 */
export function settingRule<Section extends ParameterSection, Facts, Value>(
  dialect: Dialect<Section>,
  groups: readonly SettingGroup<Facts, Value>[],
): (topology: Topology) => readonly Finding<SettingCode<Section>>[] {
  const rows = byKey(groups, dialect);
  const keys = [...rows.keys()];
  const { section, title, consequence } = dialect;

  const finding = (fault: SettingFault, severity: Severity, key: string, message: string, hint: string): Finding<SettingCode<Section>> => ({
    code: `${fault}-parameter-${section}`,
    severity,
    path: ["parameters", section, key],
    message,
    hint,
  });

  const unknown = (key: string, place: number) => {
    const usual = dialect.canonical(dialect.usual(key));
    const near = rows.has(usual) || place >= MOST_GUESSES ? usual : nearest(usual, keys);
    const meant = rows.get(near ?? "");
    const hint = meant === undefined ? `Take the name from ${dialect.manual}.` : guess(meant);
    return [finding("unknown", "error", key, `${title} knows no "${key}": ${consequence.unknown}.`, hint)];
  };

  const judgeValue = (row: FreeSetting<Facts, Value>, key: string, value: ParameterValue, topology: Topology) => {
    const refusal = dialect.refuse(row.accepts, value, topology);
    if (refusal !== undefined) {
      const message = `${title}'s "${key}" must be ${refusal.mustBe}, not ${JSON.stringify(value)}: ${consequence.invalid}.`;
      return [finding("invalid", "error", key, message, refusal.hint)];
    }
    return (row.dangers ?? [])
      .filter(({ when }) => when(value, topology))
      .map(({ because, instead }) =>
        finding("dangerous", "warning", key, `${title}'s "${key}" is ${JSON.stringify(value)}: ${because}.`, instead),
      );
  };

  return (topology) => {
    const version = dialect.version(topology);
    const isJudged = (key: string) => rows.has(dialect.canonical(key)) || dialect.isOpen?.(dialect.canonical(key)) !== true;
    const written = Object.entries(topology.parameters[section]).filter(([key]) => isJudged(key));
    const strangers = new Map(written.filter(([key]) => !rows.has(dialect.canonical(key))).map(([key], place) => [key, place]));
    return written.flatMap(([key, value]) => {
      const row = rows.get(dialect.canonical(key));
      if (row === undefined) return unknown(key, strangers.get(key) ?? 0);
      if (!isFree(row)) {
        const message = `${title}'s "${key}" is not for a topology to set: ${row.owner.because}.`;
        return [finding("owned", "error", key, message, row.owner.instead)];
      }
      const missing = unavailability(row, version);
      if (missing !== undefined) {
        const message = `${title} ${version} of the platform ${topology.platform.id} knows no "${key}", which ${missing}: ${consequence.unknown}.`;
        return [finding("unavailable", "error", key, message, "Leave it out, or choose a platform with another release.")];
      }
      return judgeValue(row, key, value, topology);
    });
  };
}
