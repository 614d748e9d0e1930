import { expect, test } from "vitest";
import { scenario } from "../report/testing/tell-scenario.ts";
import { humanProgress } from "./progress.ts";
import type { Scenario } from "./scenario.ts";

const SWITCHOVER = { id: "switchover" } as Scenario;
const ABOUT = { id: "switchover", title: "A switchover", rows: [], claims: [], started: "2030-01-01T00:00:00Z", seconds: 61.25 };

function shown(isTerminal: boolean, tell: (progress: ReturnType<typeof humanProgress>) => void): string {
  let text = "";
  tell(humanProgress((part) => (text += part), isTerminal));
  // eslint-disable-next-line no-control-regex
  return text.replaceAll("\u001B[2K", "").replaceAll(/\u001B\[\d+m/g, "");
}

test("at a terminal the figure stands beside the phase, in place", () => {
  const text = shown(true, ({ phase, figure }) => {
    phase(SWITCHOVER, "fault", null);
    figure("98.2 % of 51/s acknowledged in the last 5 s");
  });
  expect(text).toBe("\r  switchover: fault\r  switchover: fault  98.2 % of 51/s acknowledged in the last 5 s");
});

test("elsewhere each phase is a line, with the figure of the one that ended", () => {
  const text = shown(false, ({ phase, figure }) => {
    phase(SWITCHOVER, "fault", { name: "prepare", seconds: 1, figure: null });
    figure("98.2 % of 51/s acknowledged in the last 5 s");
    phase(SWITCHOVER, "recovery", { name: "fault", seconds: 21.26, figure: "61.3 % of 38/s acknowledged" });
  });
  expect(text).toBe("  switchover: fault\n  switchover: recovery  (fault: 61.3 % of 38/s acknowledged, 21.3 s)\n");
});

test("what did not pass says why, and how it is played again; what passed does not", () => {
  const wanting = { claim: "c", verdict: "fail", reason: "5 is lost", limit: null, evidence: {}, anomalies: [] } as const;
  const text = shown(false, ({ ended }) => {
    ended(scenario({ ...ABOUT, checks: [wanting], again: "verifier run --only switchover.2 --seed 7" }));
    ended(scenario({ ...ABOUT, checks: [{ ...wanting, verdict: "pass", reason: null }] }));
  });
  expect(text).toBe(
    [
      "✗ switchover: A switchover (61.3 s)",
      "    c: 5 is lost",
      "    again: verifier run --only switchover.2 --seed 7",
      "✓ switchover: A switchover (61.3 s)",
      "",
    ].join("\n"),
  );
});
