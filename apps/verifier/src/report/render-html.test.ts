import { anyText } from "@matriarch/topology/testing";
import fc from "fast-check";
import type { Element, Nodes } from "hast";
import { fromHtml } from "hast-util-from-html";
import { select, selectAll } from "hast-util-select";
import { toString } from "hast-util-to-string";
import { describe, expect, test } from "vitest";
import { renderHtml } from "./render-html.ts";
import type { SavedRun } from "./saved-run.ts";
import { rewriteRun, TEXTS_TO_TRY, textsOf } from "./testing/rewrite.ts";
import { SMALL_RUN, SMALLEST_RUN } from "./testing/small-run.ts";

const page = fromHtml(renderHtml(SMALL_RUN));

function textOf(selector: string, tree: Nodes = page): string[] {
  return selectAll(selector, tree).map((element) => toString(element));
}

function shapeOf({ tagName, properties }: Element): string {
  return `${tagName} ${Object.keys(properties).toSorted().join(" ")}`;
}

/**
 * What of a page is ours and not data's: elements with the names of their attributes, in order. In figures only which
 * kinds there are: a text stands in a bar or not, as it is long.
 */
function skeletonOf(html: string): string[] {
  const around: string[] = [];
  const drawn = new Set<string>();
  const walk = (node: Nodes, inFigure: boolean) => {
    if (node.type === "element" && inFigure) drawn.add(shapeOf(node));
    else if (node.type === "element") around.push(shapeOf(node));
    if (!("children" in node)) return;
    for (const child of node.children) walk(child, inFigure || (node.type === "element" && node.tagName === "svg"));
  };
  walk(fromHtml(html), false);
  return [...around, ...[...drawn].toSorted()];
}

/** Line ends and characters that no page can hold are the parser's. */
function asParsed(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Cn}\uFFFD\s]/gu, "");
}

describe("the page", () => {
  test("begins with the verdict, and has each section once", () => {
    expect(textOf("h1")).toEqual(["2 of 10 scenarios broke a promise."]);
    expect(selectAll("main > section", page).map(({ properties }) => properties["id"])).toEqual([
      "summary",
      "run",
      "safety",
      "recovery",
      "matrix",
      "scenarios",
      "untested",
    ]);
  });

  test("says at its beginning how to run it again, and what needs attention, the failures first", () => {
    expect(textOf("#summary pre")).toEqual(["make big-test SUITE=full SEED=4242"]);
    expect(textOf("#summary .attention .status").map((status) => status.slice(2))).toEqual(["failed", "failed", "unknown"]);
  });

  test("needs nothing from elsewhere, and runs nothing", () => {
    expect(selectAll("script, link, img, iframe, object, [src], [onload], [onclick]", page)).toEqual([]);
    expect(select("meta[http-equiv]", page)?.properties["content"]).toMatch(/^default-src 'none'/);
    expect(renderHtml(SMALL_RUN)).not.toMatch(/@import|url\((?!#)/);
  });

  test("has a place for each link in it, and no name twice", () => {
    const names = selectAll("[id]", page).map(({ properties }) => properties["id"]);
    expect(new Set(names).size).toBe(names.length);
    for (const link of selectAll('a[href^="#"]', page))
      expect(names).toContain(decodeURIComponent(String(link.properties["href"]).slice(1)));
  });

  test("names for each figure what it shows, in words", () => {
    for (const figure of selectAll("svg.figure", page)) {
      expect(toString(select("title", figure) ?? figure)).not.toBe("");
      expect(toString(select("desc", figure) ?? figure).length).toBeGreaterThan(20);
    }
  });

  test("never tells a status by its colour alone", () => {
    const marks = textOf(".status");
    expect(marks.length).toBeGreaterThan(20);
    for (const mark of marks) expect(mark).toMatch(/passed|failed|unknown|known limit|skipped/);
  });

  test("shows the operations of an anomaly, their server and their times", () => {
    const [first = ""] = textOf("#anomalies-of-scenario-primary-isolated .anomaly");
    for (const detail of ["acknowledged by a deposed primary", "add verifier_set 1842", "node1 (primary, timeline 6)", "34.652", "34.671"])
      expect(first).toContain(detail);
  });

  test("shows the lines of the logs around a failure", () => {
    expect(textOf("#scenario-primary-isolated .log pre").join("\n")).toContain("demoting self because DCS is not accessible");
  });

  test("says of what nobody watched that nobody watched it", () => {
    expect(toString(select("#scenario-etcd-health", page) ?? page)).toContain("Nothing was watched over time");
    expect(toString(select("#scenario-switchover svg.wide desc", page) ?? page)).toContain("etcd: not observed.");
  });
});

test("data is shown as it is and never becomes a part of the page", () => {
  const known = textsOf(SMALLEST_RUN);
  const usual = skeletonOf(renderHtml(SMALLEST_RUN));
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 5, maxLength: 20 }), (texts) => {
      const change = (text: string) => (text === "" ? "" : `x${texts[known.indexOf(text) % texts.length]}${known.indexOf(text)}`);
      const run = rewriteRun(SMALLEST_RUN, change);
      const html = renderHtml(run);
      expect(skeletonOf(html)).toEqual(usual);
      const shown = asParsed(toString(fromHtml(html)));
      for (const text of visibleTexts(run)) expect(shown).toContain(asParsed(text));
    }),
    { numRuns: 40, examples: [[[...TEXTS_TO_TRY]]] },
  );
});

/** Texts that the page must show in full. */
function visibleTexts({ record }: SavedRun): string[] {
  return [
    record.header.command,
    record.header.cluster.scope,
    ...record.scenarios.flatMap(({ title, claims, logs }) => [
      title,
      ...claims.map(({ text }) => text),
      ...logs.flatMap(({ lines }) => lines),
    ]),
    ...record.untested.flatMap(({ what, why }) => [what, why]),
  ];
}

test("a run without anything in it says so in each section", () => {
  const { record } = SMALL_RUN;
  const empty: SavedRun = {
    record: { ...record, scenarios: [], untested: [], verdict: "unknown" },
    series: new Map(),
    operations: new Map(),
    histories: new Set(),
  };
  const text = toString(fromHtml(renderHtml(empty)));
  for (const sentence of [
    "Nothing was run, so nothing is proven.",
    "Nothing was claimed.",
    "Nothing was timed.",
    "Nothing was broken in this run.",
    "Nothing was left out.",
  ])
    expect(text).toContain(sentence);
});
