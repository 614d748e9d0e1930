import { expect, test } from "vitest";
import { pause } from "./pause.ts";
import { throughout } from "./throughout.ts";
import { until } from "./until.ts";

/** A signal that fires while somebody waits. */
function endSoon(): AbortSignal {
  const ending = new AbortController();
  setTimeout(() => ending.abort(new Error("interrupted")), 20);
  return ending.signal;
}

const WAITS: Readonly<Record<string, (ended: AbortSignal) => Promise<unknown>>> = {
  pause: (ended) => pause(60_000, ended),
  until: (ended) => until(async () => false, { within: 60, what: "never", ended }),
  throughout: (ended) => throughout(async () => true, { during: 60, what: "always", ended }),
};

test.each(Object.entries(WAITS))("%s is over with the signal's reason as soon as it fires", { timeout: 5000 }, async (_, wait) => {
  await expect(wait(endSoon())).rejects.toThrow("interrupted");
  await expect(wait(AbortSignal.abort(new Error("before")))).rejects.toThrow("before");
});

test("a condition is looked at once, however little time there is", async () => {
  expect(await until(async () => "met", { within: 0, what: "it" })).toBe("met");
  await expect(until(async () => null, { within: 0, what: "it" })).rejects.toThrow("it: not within 0 s; last: null");
});
