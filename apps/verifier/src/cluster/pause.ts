import { setTimeout as delay } from "node:timers/promises";

/** Waits so many milliseconds; rejects with the signal's reason as soon as that fires. */
export async function pause(milliseconds: number, ended?: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, ended && { signal: ended });
  } catch (error) {
    ended?.throwIfAborted();
    throw error;
  }
}
