import { pause } from "./pause.ts";

export interface Expectation {
  /** Seconds: the claim itself, or a generous bound where there is none. */
  readonly within: number;
  /** What is waited for, for the message when it does not come. */
  readonly what: string;
  /** Ends the wait when it fires. */
  readonly ended?: AbortSignal;
}

/**
 * Waits until a condition gives something other than `false`, `null` or `undefined`, and gives that. A condition that
 * throws is not met yet. Throws after the time given, with what was seen last; and the signal's reason as soon as that fires.
 */
export async function until<Value>(
  condition: () => Promise<Value | false | null | undefined>,
  { within, what, ended }: Expectation,
): Promise<Value> {
  const start = performance.now();
  for (let last: unknown = "nothing yet"; ;) {
    ended?.throwIfAborted();
    try {
      const value = await condition();
      if (value !== false && value != null) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (performance.now() - start > within * 1000) throw new Error(`${what}: not within ${within} s; last: ${String(last)}`);
    await pause(100, ended);
  }
}
