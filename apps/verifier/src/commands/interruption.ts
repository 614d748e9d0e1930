import type { EventEmitter } from "node:events";

/** What ends a program, and its number. */
const SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Fires at the first interrupt: who listens ends and heals. A second one ends the program as it is. The listeners stay: where
 * none is left, the library that starts programs takes it upon itself to end this one, at the first interrupt already.
 */
export function interruption(
  tell: (text: string) => void,
  signals: EventEmitter = process,
  end: (code: number) => void = (code) => process.exit(code),
): AbortSignal {
  const interrupted = new AbortController();
  for (const [signal, number] of Object.entries(SIGNALS)) {
    signals.on(signal, () => {
      if (interrupted.signal.aborted) {
        end(128 + number);
        return;
      }
      tell("Interrupted: healing what was broken; once more ends at once and leaves it as it is.");
      interrupted.abort(new Error("interrupted"));
    });
  }
  return interrupted.signal;
}
