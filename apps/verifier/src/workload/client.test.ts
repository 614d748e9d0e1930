import { expect, test, vi } from "vitest";
import { newRecorder } from "../history/recorder.ts";
import type { Connect } from "./attempt.ts";
import { task } from "./client.ts";
import { adding } from "./set.ts";

test("what could not be sent in time has failed unsent, and nobody was asked", async () => {
  let clock = 0;
  const history = newRecorder(() => (clock += 1));
  const seat = { history, process: history.next(), endpoint: "app_rw", session: "per-operation", deadline: 1000, intended: 0 } as const;
  const add = task({ f: "add", key: "t", value: 1 }, adding("t", 1));

  expect(await add({ ...seat, connect: null })).toEqual({ phase: "fail", reusable: false });
  expect(history.events.at(-1)).toMatchObject({
    phase: "fail",
    error: { where: "unsent", sqlstate: null, message: "its turn came more than 1000 ms late: it was not sent" },
  });

  const connect = vi.fn<Connect>(() => Promise.reject(new Error("refused")));
  await add({ ...seat, connect });
  expect(connect).toHaveBeenCalledOnce();
  expect(history.events.at(-1)).toMatchObject({ phase: "fail", error: { where: "connect", message: "refused" } });
});
