import { describe, expect, test } from "vitest";
import type { CheckResult } from "../../checks/result.ts";
import { mergeVerdicts } from "../../history/verdict.ts";
import type { Measurement, ScenarioRecord } from "../../run/record.ts";
import { SYNTHETIC_RUN } from "../testing/synthetic-run.ts";
import { scenario } from "../testing/tell-scenario.ts";
import { evidenceOf, findingOf } from "./evidence.ts";
import { limitsTable, untestedTable } from "./gaps.ts";
import { latencyTable } from "./latency.ts";
import { lossTable, lostIn } from "./loss.ts";
import { matrixTable } from "./matrix.ts";
import { enumerate, formatDuration, formatFigure, plural } from "./numbers.ts";
import { isOutside, recoveriesOf, recoveryTable } from "./recovery.ts";
import { roundsTable } from "./rounds.ts";
import { safetyTable } from "./safety.ts";
import { groupScenarios, mostTelling, rowsOf } from "./scenario-groups.ts";
import { statusOf, worstStatus } from "./status.ts";
import { summarise } from "./summary.ts";

const ABOUT = { title: "a title", rows: [], claims: [{ id: "c", text: "C." }], started: "2030-01-01T00:00:00Z", seconds: 1 } as const;

function check(verdict: CheckResult["verdict"], more: Partial<CheckResult> = {}): CheckResult {
  return { claim: "c", verdict, reason: null, limit: null, evidence: {}, anomalies: [], ...more };
}

function run(id: string, checks: readonly CheckResult[], more: Partial<ScenarioRecord> = {}): ScenarioRecord {
  return scenario({ ...ABOUT, id, checks, ...more });
}

function measured(seconds: number, predicted: Measurement["predicted"], phases: Measurement["phases"] = []): Measurement {
  return { what: "a fault", metric: "gap", seconds, predicted, phases };
}

describe("repetitions", () => {
  test("stand together, in the order in which they were run first", () => {
    const groups = groupScenarios([run("a-1", []), run("b", [], { title: "other" }), run("a-2", [])]);
    expect(groups.map(({ title, members }) => [title, members.length])).toEqual([
      ["a title", 2],
      ["other", 1],
    ]);
  });

  test("the one to look at failed, or else was the slowest", () => {
    const [slow, fast] = [run("slow", [check("pass")], { measurements: [measured(9, null)] }), run("fast", [check("pass")])];
    const pick = (...members: ScenarioRecord[]) => groupScenarios(members).map((group) => mostTelling(group)?.id);
    expect(pick(fast, slow)).toEqual(["slow"]);
    expect(pick(slow, run("bad", [check("fail")]), fast)).toEqual(["bad"]);
    expect(pick(run("skipped", [], { skipped: "no" }))).toEqual([undefined]);
  });

  test("one that did not check a claim leaves it unknown", () => {
    expect(findingOf("c", [run("1", [check("pass")]), run("2", [])]).status).toBe("unknown");
    expect(findingOf("c", [run("1", [check("pass")]), run("2", [check("fail")])]).status).toBe("fail");
  });
});

test("a failure is worse than what is unknown, that than a limit, that than a pass; what was skipped is no verdict", () => {
  const byBadness = ["fail", "unknown", "limit", "pass", "skipped"] as const;
  for (const [position, status] of byBadness.entries()) expect(worstStatus(byBadness.slice(position).toReversed())).toBe(status);
  expect(worstStatus([])).toBe("skipped");
});

test("what a limit excuses is a limit, not a pass", () => {
  const excused = run("1", [check("pass", { limit: "declared" })]);
  expect(statusOf(excused)).toBe("limit");
  expect(findingOf("c", [excused])).toMatchObject({ status: "limit", reasons: ["Known limit: declared"] });
  expect(statusOf(run("2", [check("fail", { limit: null })], { limits: ["declared"] }))).toBe("fail");
});

describe("evidence", () => {
  const figures = (...evidence: CheckResult["evidence"][]) =>
    evidenceOf(evidence.map((one) => check("pass", { evidence: one }))).map((part) =>
      typeof part === "object" && part.kind === "figure" ? [part.name, part.value] : part,
    );

  test("of several runs is a range", () => {
    expect(figures({ reads: 10 }, { reads: 12 })).toEqual([["reads", "10–12"]]);
  });

  test("that one run could not tell is not told", () => {
    expect(figures({ lost: 0 }, { lost: null })).toEqual([["lost", "?"]]);
  });

  test("of what was never found stands together at the end", () => {
    expect(figures({ lost: 0, acknowledged: 5, duplicate: 0 })).toEqual([
      ["acknowledged", "5"],
      ["lost, duplicate", "0"],
    ]);
  });
});

describe("recovery", () => {
  test("has one row for each kind of fault and what was timed", () => {
    const [recovery, ...others] = recoveriesOf([
      run("1", [], { measurements: [measured(3, [1, 4]), measured(1, [1, 4])] }),
      run("2", [], { measurements: [measured(2, [0.5, 5])] }),
    ]);
    expect(others).toEqual([]);
    expect(recovery).toMatchObject({ seconds: [3, 1, 2], min: 1, median: 2, max: 3, predicted: [0.5, 5], outside: 0 });
  });

  test.each([
    [5.9, 0.9, false],
    [6.1, 1.1, true],
  ])("%d s where 5 s at most were predicted is outside by %d s", (seconds, outside, contradicts) => {
    const [recovery] = recoveriesOf([run("1", [], { measurements: [measured(seconds, [2, 5])] })]);
    expect(recovery?.outside).toBeCloseTo(outside);
    expect(recovery && isOutside(recovery)).toBe(contradicts);
  });

  test("that was faster than predicted is outside as well", () => {
    const [recovery] = recoveriesOf([run("1", [], { measurements: [measured(0.5, [2, 5])] })]);
    expect(recovery?.outside).toBe(1.5);
  });

  test("without a prediction is not judged", () => {
    const [recovery] = recoveriesOf([run("1", [], { measurements: [measured(9, null)] })]);
    expect(recovery && isOutside(recovery)).toBe(false);
    expect(recovery?.outside).toBeNull();
  });

  test("has the median of each phase", () => {
    const phases = (promote: number) => [{ name: "promote", seconds: promote }];
    const [recovery] = recoveriesOf([
      run("1", [], { measurements: [measured(9, null, phases(1)), measured(9, null, phases(2)), measured(9, null, phases(9))] }),
    ]);
    expect(recovery?.phases).toEqual([{ name: "promote", seconds: 2 }]);
  });
});

describe("loss", () => {
  test("counts what the accounting of writes counted, and nothing else", () => {
    const accounted = check("fail", { evidence: { acknowledged: 10, lost: 2 } });
    const other = check("pass", { claim: "d", evidence: { acknowledged: 99 } });
    expect(lostIn([run("1", [accounted, other])])).toBe(2);
    expect(lossTable([run("1", [accounted, other])], "synchronous").rows).toEqual([
      [[expect.anything()], ["1"], ["10"], ["2"], ["–"], ["–"], ["no row lost"]],
    ]);
  });

  test("that nobody counted is not zero", () => {
    expect(lostIn([run("1", [check("unknown", { evidence: { lost: null } })])])).toBeNull();
  });
});

test("the matrix has a row for each fault and a column for each property; what was not asked is a dot", () => {
  const { columns, rows } = matrixTable(SYNTHETIC_RUN.record);
  expect(columns.map(({ title }) => title)).toEqual([
    "Fault",
    "no acknowledged write is lost",
    "one primary acknowledges",
    "writes return",
    "writes are refused",
    "reads go on",
  ]);
  const statuses = rows.map((row) =>
    "heading" in row ? [] : row.map(([cell]) => (typeof cell === "object" && cell.kind === "status" ? cell.status : cell)),
  );
  expect(statuses).toEqual([
    ["primary killed", "pass", "pass", "pass", "·", "·"],
    ["etcd quorum lost", "pass", "·", "fail", "pass", "pass"],
    ["primary isolated from peers", "fail", "fail", "·", "·", "pass"],
    ["switchover", "pass", "pass", "pass", "·", "·"],
    ["replica cut off", "unknown", "·", "·", "·", "pass"],
    ["postmaster frozen", "·", "pass", "limit", "·", "·"],
    ["clock jump", "·", "skipped", "·", "·", "·"],
  ]);
});

test("a property that faults ask for by claims of their own is one column", () => {
  const one = (id: string, verdict: CheckResult["verdict"]) => {
    const claims = [{ id: `${id}-loss`, text: "Nothing is lost.", property: "nothing is lost" }];
    const fault = { name: id, from: 0, to: 1, byHand: "" };
    return run(id, [check(verdict, { claim: `${id}-loss` })], { title: id, claims, fault });
  };
  const { columns, rows } = matrixTable({ ...SYNTHETIC_RUN.record, scenarios: [one("kill", "pass"), one("cut", "fail")] });
  expect(columns.map(({ title }) => title)).toEqual(["Fault", "nothing is lost"]);
  expect(rows).toMatchObject([
    [["kill"], [{ status: "pass" }]],
    [["cut"], [{ status: "fail" }]],
  ]);
});

test("a fault that measured several populations is counted by its rounds as well", () => {
  const round = (id: string) => run(id, [], { measurements: [measured(2, [1, 5]), measured(3, [1, 5])] });
  const { rows } = recoveryTable(recoveriesOf([round("a.1"), round("a.2"), round("a.3")]));
  expect(rows).toMatchObject([[["a fault"], ["gap"], ["3"], ["6"], ["2.0"], ["2.5"], ["3.0"], ["1.0–5.0"], expect.anything(), []]]);
});

test("rounds are told one by one: how each ended, how long it took, what it was done to", () => {
  const [group] = groupScenarios(SYNTHETIC_RUN.record.scenarios.filter(({ id }) => id.startsWith("primary-killed.")));
  const table = group && roundsTable(group, SYNTHETIC_RUN.histories);
  expect(table?.rows.map((row) => ("heading" in row ? [] : [row[0], row[3], row[4]]))).toEqual([
    [["primary-killed.1"], ["21.2"], ["node1"]],
    [["primary-killed.2"], ["22.7"], ["node2"]],
    [["primary-killed.3"], ["20.8"], ["node1"]],
  ]);
});

test("every population that was held to an availability has its latencies", () => {
  const { rows } = latencyTable(SYNTHETIC_RUN.record.scenarios);
  expect(rows).toHaveLength(3);
  expect(rows[1]).toMatchObject([
    [{ text: "stress" }],
    ["per-operation add through app_rw, steady load"],
    ["1,196"],
    ["99.83"],
    ["14.8"],
    ["22.1"],
    ["61.3"],
    ["1,204.6"],
    [{ status: "pass" }],
  ]);
});

test("every claim of every scenario is in the safety table, once for all repetitions", () => {
  const claims = safetyTable(SYNTHETIC_RUN).rows.filter((row) => !("heading" in row));
  expect(claims).toHaveLength(22);
});

test("a claim with an anomaly links to it, one without to the histories", () => {
  const links = safetyTable(SYNTHETIC_RUN)
    .rows.flatMap((row) => ("heading" in row ? [] : row.flat()))
    .flatMap((part) => (typeof part === "object" && part.kind === "link" ? [part.to] : []));
  expect(links).toContain("#anomalies-of-scenario-primary-isolated");
  expect(links).toContain("histories/primary-killed.3.ndjson");
});

test("what was skipped and what no scenario tests are listed with their reasons; limits with their scenarios", () => {
  expect(untestedTable(SYNTHETIC_RUN.record).rows).toEqual([
    [["The primary's clock jumps by an hour"], ["The image has no libfaketime."]],
    [["Delay and jitter on the network"], ["This kernel has no netem."]],
    [["Watchdog"], ["This machine has no watchdog device."]],
  ]);
  expect(limitsTable(SYNTHETIC_RUN.record).rows).toHaveLength(1);
});

describe("the headline", () => {
  const headline = (...scenarios: ScenarioRecord[]) => {
    const verdict = mergeVerdicts(scenarios.filter(({ skipped }) => skipped === null).map((one) => one.verdict));
    const planned = scenarios.filter(({ skipped }) => skipped === null).map(({ id }) => id);
    const header = { ...SYNTHETIC_RUN.record.header, planned };
    return summarise({ ...SYNTHETIC_RUN, record: { ...SYNTHETIC_RUN.record, header, scenarios, verdict } }).headline;
  };

  test("tells a failure before what is unknown", () => {
    expect(headline(run("1", [check("fail")]), run("2", [check("unknown")], { title: "other" }))).toBe("1 of 2 scenarios broke a promise.");
    expect(headline(run("1", [check("pass")]), run("2", [check("unknown")]))).toBe(
      "No promise was seen broken, but 1 of 2 scenarios could not be judged.",
    );
  });

  test("says first that a run was cut short", () => {
    const { record } = SYNTHETIC_RUN;
    const cut = { ...record, scenarios: [], header: { ...record.header, planned: ["etcd"], cutShort: "interrupted" } };
    expect(summarise({ ...SYNTHETIC_RUN, record: cut }).headline).toBe(
      "Cut short (interrupted). Not whole: 1 of 1 plays are missing: etcd. Nothing was run, so nothing is proven.",
    );
  });

  test("says of a shard which it is, and of a run of two trees that it is not whole; what held is then not green", () => {
    const { record } = SYNTHETIC_RUN;
    const { ranOn = { commit: null, tree: null, changed: false, generation: "1" }, ...one } = run("1", [check("pass")]);
    const of = (scenarios: ScenarioRecord[], choice = record.header.choice) => {
      const header = { ...record.header, planned: scenarios.map(({ id }) => id), ...(choice && { choice }) };
      return summarise({ ...SYNTHETIC_RUN, record: { ...record, header, scenarios, verdict: "pass" } });
    };
    const { choice } = record.header;
    const shard = of([{ ...one, ranOn }], choice && { ...choice, shard: { number: 2, of: 3 } });
    expect(shard).toMatchObject({ status: "pass", headline: "Shard 2/3. Every promise held in 1 scenario." });
    const mixed = of([
      { ...one, ranOn: { ...ranOn, commit: "aaaa", tree: "a" } },
      { ...one, id: "one.2", ranOn: { ...ranOn, commit: "bbbb", tree: "b" } },
    ]);
    expect(mixed).toMatchObject({
      status: "unknown",
      headline:
        "Not whole: it ran on 2 trees: 1 on commit aaaa, 1 on commit bbbb. Every promise held in 2 scenarios, which is not all of it.",
    });
  });

  test("does not count what was skipped as proven", () => {
    expect(headline(run("1", [check("pass")]), run("2", [], { skipped: "no" }))).toBe("Every promise held in 1 scenario.");
    expect(headline(run("1", [], { skipped: "no" }))).toBe("Nothing was run, so nothing is proven.");
  });
});

test("rows stand in the order of their numbers", () => {
  expect(rowsOf([run("1", [], { rows: ["D2", "A15"] }), run("2", [], { rows: ["A2", "D2"] })])).toEqual(["A2", "A15", "D2"]);
});

test.each([
  [0.44, "0.4 s"],
  [59.4, "59.4 s"],
  [59.96, "1 min 0 s"],
  [192, "3 min 12 s"],
  [5100, "1 h 25 min"],
  [3599.7, "1 h 0 min"],
])("%d seconds are %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test("figures, counts and enumerations read as people write them", () => {
  expect([formatFigure(1234.567), formatFigure(null), plural(1, "run"), plural(1200, "run")]).toEqual([
    "1,234.57",
    "?",
    "1 run",
    "1,200 runs",
  ]);
  expect([enumerate([]), enumerate(["a"]), enumerate(["a", "b"]), enumerate(["a", "b", "c"])]).toEqual(["", "a", "a and b", "a, b and c"]);
});
