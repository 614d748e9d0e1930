import type { Element, ElementContent } from "xast";
import { toXml } from "xast-util-to-xml";
import { x } from "xastscript";
import type { CheckResult } from "../checks/result.ts";
import { mergeVerdicts } from "../history/verdict.ts";
import type { RunRecord, ScenarioRecord } from "../run/record.ts";
import { limitsOf } from "./model/status.ts";

/** XML cannot hold every character, however it is escaped. */
function storable(text: string): string {
  return text.toWellFormed().replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
}

function tag(name: string, attributes: Readonly<Record<string, string>>, ...content: readonly (ElementContent | string)[]): Element {
  const stored = Object.entries(attributes).map(([attribute, value]) => [attribute, storable(value)]);
  const children = content.map((part) => (typeof part === "string" ? storable(part) : part));
  return x(name, Object.fromEntries(stored) as Record<string, string>, children);
}

/** `skipped`, `failure` or `error` of a test case; nothing where it passed. An unknown verdict is an error: nothing was proven. */
function resultOf(scenario: ScenarioRecord, check: CheckResult | undefined): Element[] {
  if (scenario.skipped !== null) return [tag("skipped", { message: scenario.skipped })];
  const { verdict, reason, anomalies } = check ?? { verdict: "unknown", reason: "was not checked", anomalies: [] };
  const details = anomalies.map(({ kind, message }) => `${kind}: ${message}`).join("\n");
  switch (verdict) {
    case "pass":
      return [];
    case "fail":
      return [tag("failure", { message: reason ?? "", type: anomalies[0]?.kind ?? "failed" }, details)];
    case "unknown":
      return [tag("error", { message: reason ?? "", type: "unknown" }, details)];
  }
}

/** The worst of the checks of one claim: every population has its own. */
function worstOf(claim: string, checks: readonly CheckResult[]): CheckResult | undefined {
  const found = checks.filter((check) => check.claim === claim);
  const worst = mergeVerdicts(found.map(({ verdict }) => verdict));
  return found.find(({ verdict }) => verdict === worst);
}

function casesOf(scenario: ScenarioRecord): Element[] {
  const { id, title, claims, checks } = scenario;
  if (claims.length === 0) return [tag("testcase", { classname: id, name: title }, ...resultOf(scenario, undefined))];
  return claims.map((claim) => {
    return tag("testcase", { classname: id, name: claim.text }, ...resultOf(scenario, worstOf(claim.id, checks)));
  });
}

function countsOf(cases: readonly Element[]): Record<"tests" | "failures" | "errors" | "skipped", string> {
  const results = cases.flatMap(({ children }) => children.flatMap((child) => (child.type === "element" ? child.name : [])));
  const count = (name: string) => String(results.filter((result) => result === name).length);
  return { tests: String(cases.length), failures: count("failure"), errors: count("error"), skipped: count("skipped") };
}

function suiteOf(scenario: ScenarioRecord): Element {
  const cases = casesOf(scenario);
  const limits = limitsOf(scenario).map((limit) => `known limit: ${limit}`);
  const again = scenario.verdict === "pass" || scenario.again === undefined ? [] : [`again: ${scenario.again}`];
  const said = [...limits, ...again];
  const about = {
    name: `${scenario.id}: ${scenario.title}`,
    ...countsOf(cases),
    time: scenario.seconds.toFixed(3),
    // The format has no time zones: all of it is UTC.
    timestamp: scenario.started.replace(/(\.\d+)?Z$/, ""),
  };
  return tag("testsuite", about, ...cases, ...(said.length > 0 ? [tag("system-out", {}, said.join("\n"))] : []));
}

/** Each element of a suite on a line of its own: these files are read by people, too. */
function spaced(element: Element, depth: number): Element {
  if (element.children.every(({ type }) => type !== "element")) return element;
  const indent = (level: number) => ({ type: "text" as const, value: `\n${"  ".repeat(level)}` });
  const children = element.children.flatMap((child) => [indent(depth + 1), child.type === "element" ? spaced(child, depth + 1) : child]);
  return { ...element, children: [...children, indent(depth)] };
}

/** The verdicts as JUnit XML: a suite for each scenario, a test case for each claim. */
export function renderJunit({ header, scenarios }: RunRecord): string {
  const about = { name: `Matriarch verifier ${header.id}`, ...countsOf(scenarios.flatMap(casesOf)), time: header.seconds.toFixed(3) };
  const suites = spaced(tag("testsuites", about, ...scenarios.map(suiteOf)), 0);
  // No text may hold what ends a CDATA section; the library leaves it, and there is no such section here.
  const xml = toXml(suites, { closeEmptyElements: true }).replaceAll("]]>", "]]&#x3E;");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`;
}
