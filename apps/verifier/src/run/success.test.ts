import { expect, test } from "vitest";
import type { Event } from "../history/event.ts";
import { newSuccess } from "./success.ts";

function answer(seconds: number, phase: "ok" | "fail" | "info" | "invoke", f: "add" | "ask-role" = "add"): Event {
  return { i: 0, t: seconds * 1e9, process: 1, f, key: "k", value: 1, endpoint: "app_rw", session: "persistent", phase } as Event;
}

test("the live figure is of the last seconds, of answers to load alone", () => {
  const success = newSuccess(0);
  expect(success.recent(1e9)).toBeNull();
  for (let tenth = 0; tenth < 100; tenth++) success.note(answer(tenth / 10, tenth < 60 ? "ok" : "fail"));
  for (let at = 0; at < 10; at++) success.note(answer(at, "ok", "ask-role"));
  success.note(answer(9, "invoke"));
  expect(success.recent(9.95e9)).toBe("20.0 % of 10/s acknowledged in the last 5 s");
  expect(success.recent(30e9)).toBe("nothing was answered in the last 5 s");
});

test("the figure of a phase is of everything since the one before, and never rounded up to all", () => {
  const success = newSuccess(0);
  for (let count = 0; count < 5000; count++) success.note(answer(1, "ok"));
  success.note(answer(1, "info"));
  expect(success.sinceLast(100e9)).toBe("99.9 % of 50/s acknowledged");
  success.note(answer(101, "ok"));
  expect(success.sinceLast(102e9)).toBe("100.0 % of 1/s acknowledged");
  expect(success.sinceLast(103e9)).toBeNull();
});
