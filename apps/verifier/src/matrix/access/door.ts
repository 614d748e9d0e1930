import type { Sighting } from "../probe.ts";

/** How an attempt ends: `null` when it gets in, else the code of what refused it: SQLSTATE, HTTP status, TLS alert. */
export type Answer = string | null;

interface Attempt {
  /** Who tries, as a part of a sentence: "the superuser". */
  readonly who: string;
  readonly attempt: () => Promise<Answer>;
  /** The codes of a refusal. No other code is one: where nobody listens, nobody is refused. */
  readonly refusals: readonly string[];
}

/** A place to get in, and what must not open it. */
export interface Door {
  readonly where: string;
  /** The same attempt as it should be made: it has to succeed, or the refusals beside it prove nothing. */
  readonly control: () => Promise<Answer>;
  readonly attempts: readonly Attempt[];
}

/** OpenSSL's names of alerts begin with the version that had them first, which versions of it spell differently. */
function withoutVersion(answer: string): string {
  return answer.replace(/^ERR_SSL_.+_ALERT_/, "alert ");
}

/**
 * Whether somebody decided: an SQLSTATE, a status of HTTP or an alert of TLS. Who could not be asked, or is about to stop
 * (class 57), has decided nothing.
 */
export function isDecision(answer: string): boolean {
  return /^(?:(?!57)[0-9A-Z]{5}|\d{3}|alert .+)$/.test(answer) && !/^E[A-Z]{4}$/.test(answer);
}

/** What one door showed: who was treated wrongly, and what could not be seen. */
interface Tried {
  readonly wrong: readonly string[];
  readonly unseen: readonly string[];
}

async function tryAttempt(where: string, { who, attempt, refusals }: Attempt): Promise<Tried> {
  const given = await attempt();
  if (given === null) return { wrong: [`${who} gets in at ${where}`], unseen: [] };
  const answer = withoutVersion(given);
  if (refusals.includes(answer)) return { wrong: [], unseen: [] };
  const told = [`${who} is answered ${answer}, not ${refusals.join(" or ")}, at ${where}`];
  return isDecision(answer) ? { wrong: told, unseen: [] } : { wrong: [], unseen: told };
}

async function tryDoor({ where, control, attempts }: Door): Promise<Tried> {
  const tried: Tried[] = [];
  // One after another: a daemon that counts failures or sessions meets one client at a time.
  for (const attempt of attempts) tried.push(await tryAttempt(where, attempt));
  const answer = await control();
  return {
    wrong: tried.flatMap(({ wrong }) => wrong),
    unseen: [...tried.flatMap(({ unseen }) => unseen), ...(answer === null ? [] : [`the control is answered ${answer} at ${where}`])],
  };
}

/** Doors at a time: each may take a program of its own on the way. */
const AT_A_TIME = 4;

/**
 * Tries all doors. Whoever gets in is a finding, whatever else there was.
 * @throws Error when nothing was found, but a control was refused or a door gave no answer: then nothing is known
 */
export async function tryDoors(doors: readonly Door[]): Promise<Sighting> {
  const attempts = doors.reduce((sum, door) => sum + door.attempts.length, 0);
  if (attempts === 0) throw new Error("there is nothing to try");
  const tried: Tried[] = [];
  const left = doors.values();
  const worker = async () => {
    for (const door of left) tried.push(await tryDoor(door));
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  const wrong = tried.flatMap((door) => door.wrong);
  const unseen = tried.flatMap((door) => door.unseen);
  if (wrong.length === 0 && unseen.length > 0) throw new Error(unseen.join("; "));
  return { wrong: [...wrong, ...unseen], evidence: { attempts, controls: doors.length } };
}

/** What several looks saw, as one. */
export function together(sightings: readonly Sighting[]): Sighting {
  const evidence: Record<string, number> = {};
  for (const sighting of sightings) {
    for (const [name, count] of Object.entries(sighting.evidence)) evidence[name] = (evidence[name] ?? 0) + count;
  }
  return { wrong: sightings.flatMap(({ wrong }) => wrong), evidence };
}
