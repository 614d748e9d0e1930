import { type MachineRecord, type Spread } from "./saturation.ts";

/** A share, to a whole percent. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function spreadText(what: string, { mean, max }: Spread): string {
  return `${what} ${percent(mean)}, at most ${percent(max)}`;
}

/** Who took it, in a few words. */
export function takenBy({ used, steal, busiest }: MachineRecord): string {
  const names = busiest.map(({ name, share }) => `${name} ${percent(share)}`).join(", ");
  return `others ${percent(used.others.mean)}${names === "" ? "" : `: ${names}`}; steal ${percent(steal.mean)}`;
}

/** What the machine did, in one line: who had its processors, and who waited for what. */
export function machineText({ used, steal, idle, stalled, busiest }: MachineRecord): string {
  const names = busiest.map(({ name, share }) => `${name} ${percent(share)}`).join(", ");
  const own = `cluster ${percent(used.cluster.mean)}, verifier ${percent(used.verifier.mean)}, engine ${percent(used.engine.mean)}`;
  const waits = stalled
    ? `waited for processors ${percent(stalled.processors.mean)}, disk ${percent(stalled.disk.mean)}, memory ${percent(stalled.memory.mean)} of the time`
    : "this kernel does not tell who waits (no PSI)";
  return [
    `${spreadText("others", used.others)}${names === "" ? "" : `: ${names}`}`,
    spreadText("steal", steal),
    own,
    `idle ${percent(idle.mean)}`,
    waits,
  ].join("; ");
}

/** For how long others had used it up; `null` where they never had. */
export function saturationText({ saturated, seconds }: MachineRecord): string | null {
  if (saturated.length === 0) return null;
  const total = saturated.reduce((sum, { from, to }) => sum + to - from, 0);
  const by = [...new Set(saturated.flatMap((span) => span.by))].join(", ");
  return `saturated by others (${by}) for ${total.toFixed(0)} of ${seconds.toFixed(0)} s`;
}
