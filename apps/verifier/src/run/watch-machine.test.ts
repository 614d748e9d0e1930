import { expect, test } from "vitest";
import type { Reading } from "../machine/reading.ts";
import { watchMachine } from "./watch-machine.ts";

function reading(at: number): Reading {
  const memory = { total: 1, available: 1 };
  return {
    at,
    processors: 2,
    idle: 0,
    steal: 0,
    stalled: null,
    memory,
    processes: [{ id: "1", name: "bash", owner: "others", used: at, usedByEnded: 0, bytes: 0, memory: 0 }],
  };
}

test("looks until it is stopped, and tells times from the scenario's start", async () => {
  let now = 100;
  const watch = watchMachine(() => Promise.resolve(reading((now += 2))), 100e9, 1);
  await new Promise((resolve) => setTimeout(resolve, 30));
  const record = await watch.stop();
  expect(record?.saturated[0]).toMatchObject({ from: 2, by: ["processors"] });
  expect(record?.used.others).toEqual({ mean: 0.5, max: 0.5 });
});

test("a look that fails is left out; where none succeeds there is nothing to tell", async () => {
  const watch = watchMachine(() => Promise.reject(new Error("no /proc here")), 0, 1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await watch.stop()).toBeNull();
});
