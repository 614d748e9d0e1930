import type { LoggedLine, Looks } from "../cluster/looks.ts";
import type { BundleMember } from "../cluster/bundle.ts";
import type { CheckResult } from "../checks/result.ts";
import type { Event } from "../history/event.ts";
import type { LogExcerpt } from "./record.ts";

/** Seconds before and after a moment that are worth reading. */
const AROUND = 30;
/** Lines of one member around one moment, as near to it as there are. */
const LINES = 80;
/** Moments of one scenario. */
const MOMENTS = 3;

/** Who comes and goes: the verifier's own clients, many times a second. Read only where there is room. */
const COMINGS_AND_GOINGS =
  /LOG:? +(?:connection (?:received|authenticated|authorized)|disconnection)|login attempt|new connection to server|closing because|SSL established/;

interface Stretch {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly moments: readonly number[];
}

/** What is known of a scenario that did not pass. Times on the clock of its history, in nanoseconds. */
export interface Trouble {
  /** When the fault was done; `null`: none was. */
  readonly fault: number | null;
  readonly checks: readonly CheckResult[];
  readonly history: readonly Event[];
  /** When it ended. */
  readonly end: number;
}

/** When it went wrong: the fault, and the first operation that shows each anomaly; its end where nothing else is known. */
export function momentsOf({ fault, checks, history, end }: Trouble): readonly number[] {
  const shown = checks
    .filter(({ verdict }) => verdict !== "pass")
    .flatMap(({ anomalies: [first] }) => (first ? [Math.min(...first.events)] : []))
    .flatMap((event) => history[event]?.t ?? []);
  const known = [...(fault === null ? [] : [fault]), ...shown];
  return [...new Set(known.length === 0 ? [end] : known)].slice(0, MOMENTS).toSorted((a, b) => a - b);
}

/** Stretches around moments, those that touch as one. Milliseconds. */
export function stretchesAround(moments: readonly number[]): readonly Stretch[] {
  return moments
    .toSorted((a, b) => a - b)
    .reduce<Stretch[]>((stretches, moment) => {
      const last = stretches.at(-1);
      if (!last || last.to < moment - AROUND * 1000) {
        return [...stretches, { from: moment - AROUND * 1000, to: moment + AROUND * 1000, moments: [moment] }];
      }
      return [...stretches.slice(0, -1), { ...last, to: moment + AROUND * 1000, moments: [...last.moments, moment] }];
    }, []);
}

function left(count: number): string[] {
  return count === 0 ? [] : [`… ${count} more`];
}

/**
 * As many lines as may be read, those nearest to the moments of a stretch; says how many there are before and after. Where
 * there are too many, those about connections are the first to go.
 */
export function nearest(all: readonly LoggedLine[], { moments }: Pick<Stretch, "moments">): readonly string[] {
  const told = all.filter(({ line }) => !COMINGS_AND_GOINGS.test(line));
  const lines = all.length > LINES * moments.length ? told : all;
  const connections = all.length === lines.length ? [] : [`(${all.length - lines.length} lines about connections are left out)`];
  const distance = ({ at }: LoggedLine) => Math.min(...moments.map((moment) => Math.abs(at - moment)));
  const ranked = lines.map((line, position) => ({ position, far: distance(line) })).toSorted((a, b) => a.far - b.far);
  const kept = new Set(ranked.slice(0, LINES * moments.length).map(({ position }) => position));
  const shown = lines.filter((_, position) => kept.has(position));
  const before = lines.findIndex((_, position) => kept.has(position));
  const text = shown.map(({ at, line }) => `${new Date(at).toISOString().slice(11, 23)} ${line}`);
  return [...connections, ...left(Math.max(0, before)), ...text, ...left(lines.length - Math.max(0, before) - shown.length)];
}

async function excerptOf(cluster: Looks, member: BundleMember, stretches: readonly Stretch[]): Promise<LogExcerpt> {
  const read = async (stretch: Stretch) => {
    try {
      return nearest(await cluster.logged(member, new Date(stretch.from), new Date(stretch.to)), stretch);
    } catch (error) {
      return [String(error)];
    }
  };
  const parts = await Promise.all(stretches.map(read));
  return { member: member.name, lines: parts.flatMap((lines, at) => (at > 0 && lines.length > 0 ? ["⋮", ...lines] : lines)) };
}

/** What every member logged half a minute before and after some moments, in milliseconds since 1970. Never throws. */
export async function excerptsAround(cluster: Looks, moments: readonly number[]): Promise<LogExcerpt[]> {
  const stretches = stretchesAround(moments);
  const excerpts = await Promise.all(cluster.facts.members.map((member) => excerptOf(cluster, member, stretches)));
  return excerpts.filter(({ lines }) => lines.length > 0);
}
