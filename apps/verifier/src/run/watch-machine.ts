import { setTimeout as delay } from "node:timers/promises";
import { type Reading, type Sample, sampleOf } from "../machine/reading.ts";
import { type MachineRecord, machineRecordOf } from "../machine/saturation.ts";

/** Milliseconds between two looks at the machine: a look costs it a hundredth of a second. */
const PAUSE = 2000;

/** Looks at the machine until it is stopped. */
export interface MachineWatch {
  /** What was seen; `null` where nobody could look. Never throws. */
  readonly stop: () => Promise<MachineRecord | null>;
}

/**
 * Watches the machine from now on. `origin`: what counts as 0, in nanoseconds of the readings' clock. A look that fails is left
 * out: it is no reason to end a scenario.
 */
export function watchMachine(look: () => Promise<Reading>, origin: number, pause = PAUSE): MachineWatch {
  const stopping = new AbortController();
  const samples: Sample[] = [];
  let last: Reading | null = null;
  const lookOnce = async () => {
    const reading = await look().catch(() => null);
    if (reading === null) return;
    const next = { ...reading, at: reading.at - origin / 1e9 };
    if (last !== null && next.at > last.at) samples.push(sampleOf(last, next));
    last = next;
  };
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await lookOnce();
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    await lookOnce();
  })();
  return {
    stop: async () => {
      stopping.abort();
      await running;
      return machineRecordOf(samples);
    },
  };
}
