import { whyNotWhole } from "../../run/completeness.ts";
import type { OutcomeBucket, RunRecord } from "../../run/record.ts";
import { formatShard } from "../../run/shards.ts";
import type { SavedRun } from "../saved-run.ts";
import { lostIn } from "./loss.ts";
import { enumerate, formatCount, formatDuration, formatTenths, plural } from "./numbers.ts";
import { recoveriesOf } from "./recovery.ts";
import { claimsOf, groupScenarios, rowsOf, type ScenarioGroup } from "./scenario-groups.ts";
import { type Status, statusOf, worstStatus } from "./status.ts";

/** The whole run on one page. */
export interface Summary {
  readonly status: Status;
  /** The verdict, in a sentence. */
  readonly headline: string;
  readonly tiles: readonly { readonly label: string; readonly value: string; readonly note: string; readonly status?: Status }[];
  /** What was claimed, done and seen: a heading and a sentence or two. */
  readonly story: readonly { readonly heading: string; readonly text: string }[];
  /** What is not as it should be, the worst first. */
  readonly attention: readonly { readonly status: Status; readonly anchor: string; readonly title: string; readonly reason: string }[];
}

type Outcomes = Pick<OutcomeBucket, "ok" | "fail" | "info">;

function outcomesOf({ series }: SavedRun): Outcomes {
  const buckets = [...series.values()].flatMap(({ outcomes }) => outcomes);
  return buckets.reduce<Outcomes>((sum, { ok, fail, info }) => ({ ok: sum.ok + ok, fail: sum.fail + fail, info: sum.info + info }), {
    ok: 0,
    fail: 0,
    info: 0,
  });
}

function countOf(record: RunRecord, status: Status): number {
  return record.scenarios.filter((scenario) => statusOf(scenario) === status).length;
}

function headlineOf(record: RunRecord, status: Status): string {
  const { cutShort, choice } = record.header;
  const reasons = whyNotWhole(record);
  return [
    ...(cutShort === undefined ? [] : [`Cut short (${cutShort}).`]),
    ...(reasons.length === 0 ? [] : [`Not whole: ${reasons.join("; ")}.`]),
    ...(choice?.shard === undefined ? [] : [`Shard ${formatShard(choice.shard)}.`]),
    judgementOf(record, status),
  ].join(" ");
}

function judgementOf(record: RunRecord, status: Status): string {
  const ran = record.scenarios.length - countOf(record, "skipped");
  switch (status) {
    case "fail":
      if (countOf(record, "fail") === 0) return "A promise was broken in an earlier attempt on the same sources.";
      return `${formatCount(countOf(record, "fail"))} of ${plural(ran, "scenario")} broke a promise.`;
    case "unknown":
      if (countOf(record, "unknown") === 0) return `Every promise held in ${plural(ran, "scenario")}, which is not all of it.`;
      return `No promise was seen broken, but ${formatCount(countOf(record, "unknown"))} of ${plural(ran, "scenario")} could not be judged.`;
    case "limit":
    case "pass":
      return `Every promise held in ${plural(ran, "scenario")}.`;
    case "skipped":
      return "Nothing was run, so nothing is proven.";
  }
}

function claimedText(record: RunRecord, groups: readonly ScenarioGroup[]): string {
  const { scope, example, replication } = record.header.cluster;
  const claims = groups.flatMap(({ members }) => claimsOf(members));
  const rows = rowsOf(record.scenarios);
  const held = rows.length === 0 ? "" : `, for ${rows.length === 1 ? "row" : "rows"} ${enumerate(rows)}`;
  return `${plural(claims.length, "claim")} about the cluster ${scope} (${example}, ${replication} replication)${held}.`;
}

function doneText(record: RunRecord, groups: readonly ScenarioGroup[]): string {
  const ran = record.scenarios.length - countOf(record, "skipped");
  const faults = [...new Set(groups.flatMap(({ fault, ran: runs }) => (fault === null || runs.length === 0 ? [] : [fault])))];
  const broken = faults.length === 0 ? "nothing was broken" : `${plural(faults.length, "fault")}: ${faults.join(", ")}`;
  return `${plural(ran, "scenario")} in ${formatDuration(record.header.seconds)}; ${broken}.`;
}

function seenText(run: SavedRun): string {
  const { ok, fail, info } = outcomesOf(run);
  const all = ok + fail + info;
  const operations =
    all === 0
      ? "No operation was recorded."
      : `${plural(all, "operation")}: ${formatCount(ok)} acknowledged, ${formatCount(fail)} refused or failed, ${formatCount(info)} of unknown outcome.`;
  const lost = lostIn(run.record.scenarios);
  const accounted =
    lost === null ? "" : ` ${lost === 0 ? "No acknowledged write was lost." : `${plural(lost, "acknowledged write")} lost.`}`;
  return `${operations}${accounted}`;
}

function outageTile({ scenarios }: RunRecord): Summary["tiles"][number] {
  const [longest] = recoveriesOf(scenarios).toSorted((a, b) => b.max - a.max);
  if (!longest) return { label: "longest recovery", value: "–", note: "nothing was timed" };
  const predicted = longest.predicted ? `, predicted ${longest.predicted.map(formatTenths).join("–")} s` : "";
  return { label: "longest recovery", value: `${formatTenths(longest.max)} s`, note: `${longest.what}${predicted}` };
}

function scenarioTile(record: RunRecord, status: Status, label: string): Summary["tiles"][number] {
  const count = countOf(record, status);
  return { label, value: formatCount(count), note: count === 1 ? "scenario" : "scenarios", ...(count > 0 && { status }) };
}

function tilesOf(run: SavedRun): Summary["tiles"] {
  const { record } = run;
  const { ok, fail, info } = outcomesOf(run);
  const lost = lostIn(record.scenarios);
  return [
    scenarioTile(record, "pass", "passed"),
    scenarioTile(record, "fail", "failed"),
    scenarioTile(record, "unknown", "unknown"),
    scenarioTile(record, "limit", "met a known limit"),
    scenarioTile(record, "skipped", "skipped"),
    {
      label: "acknowledged writes lost",
      value: lost === null ? "–" : formatCount(lost),
      note: lost === null ? "nobody counted" : "promised: " + (record.header.cluster.replication === "synchronous" ? "none" : "nothing"),
      ...(lost !== null && lost > 0 && record.header.cluster.replication === "synchronous" && { status: "fail" }),
    },
    { label: "operations", value: formatCount(ok + fail + info), note: `${formatCount(ok)} acknowledged` },
    outageTile(record),
  ];
}

function attentionOf(groups: readonly ScenarioGroup[]): Summary["attention"] {
  const wanting = (["fail", "unknown"] as const).flatMap((status) => groups.filter((group) => group.status === status));
  return wanting.map(({ status, anchor, title, ran }) => {
    const reasons = ran.flatMap(({ checks }) => checks.filter(({ verdict }) => verdict === status).flatMap(({ reason }) => reason ?? []));
    return { status, anchor, title, reason: [...new Set(reasons)].join("; ") };
  });
}

/** What a person in a hurry has to know. */
export function summarise(run: SavedRun): Summary {
  const { record } = run;
  const groups = groupScenarios(record.scenarios);
  const ran = worstStatus(record.scenarios.map(statusOf));
  const isPart = record.verdict === "pass" && whyNotWhole(record).length > 0;
  const status: Status = ran === "skipped" ? ran : isPart ? "unknown" : record.verdict;
  return {
    status,
    headline: headlineOf(record, status),
    tiles: tilesOf(run),
    story: [
      { heading: "Claimed", text: claimedText(record, groups) },
      { heading: "Done", text: doneText(record, groups) },
      { heading: "Seen", text: seenText(run) },
    ],
    attention: attentionOf(groups),
  };
}
