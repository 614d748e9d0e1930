import { pause } from "./pause.ts";

export interface Duration {
  /** Seconds. */
  readonly during: number;
  /** What has to hold, for the message when it does not. */
  readonly what: string;
  /** Ends it when it fires. */
  readonly ended?: AbortSignal;
}

/** Looks again and again for a time whether a condition holds. Throws as soon as it does not. */
export async function throughout(condition: () => Promise<boolean>, { during, what, ended }: Duration): Promise<void> {
  const start = performance.now();
  while (performance.now() - start < during * 1000) {
    if (!(await condition()))
      throw new Error(`${what}: not any more after ${((performance.now() - start) / 1000).toFixed(1)} s of ${during} s`);
    await pause(200, ended);
  }
}
