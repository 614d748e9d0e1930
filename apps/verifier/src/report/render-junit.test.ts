import { parseXml, XmlElement } from "@rgrove/parse-xml";
import { anyText } from "@matriarch/topology/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { renderJunit } from "./render-junit.ts";
import { rewriteRun, TEXTS_TO_TRY, textsOf } from "./testing/rewrite.ts";
import { SMALL_RUN } from "./testing/small-run.ts";

const count = z.string().regex(/^\d+$/).transform(Number);
const seconds = z.string().regex(/^\d+\.\d{3}$/);
const counts = { tests: count, failures: count, errors: count, skipped: count };
const complaint = z.strictObject({ message: z.string(), type: z.string(), "#text": z.string().optional() });

/** What readers of JUnit's format expect: elements and attributes, and no others. */
const JUNIT = z.strictObject({
  testsuites: z.strictObject({
    name: z.string(),
    ...counts,
    time: seconds,
    testsuite: z.array(
      z.strictObject({
        name: z.string(),
        ...counts,
        time: seconds,
        timestamp: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
        testcase: z.array(
          z.strictObject({
            classname: z.string(),
            name: z.string(),
            failure: complaint.optional(),
            error: complaint.optional(),
            skipped: z.strictObject({ message: z.string() }).optional(),
          }),
        ),
        "system-out": z.string().optional(),
      }),
    ),
  }),
});

/** An element as a table: attributes, then children by their names, then its text where it is more than layout. */
function tableOf({ attributes, children, text }: XmlElement): Record<string, unknown> {
  const elements = children.filter((child) => child instanceof XmlElement);
  const byName = Map.groupBy(elements, ({ name }) => name);
  const parts = [...byName].map(([name, same]) => [
    name,
    REPEATED.includes(name) ? same.map(contentOf) : contentOf(same[0] ?? raise(name)),
  ]);
  return { ...attributes, ...Object.fromEntries(parts), ...(elements.length === 0 && text !== "" && { "#text": text }) };
}

const REPEATED: readonly string[] = ["testsuite", "testcase"];

function raise(name: string): never {
  throw new Error(`no ${name}`);
}

/** Only `system-out` is nothing but text. */
function contentOf(element: XmlElement): unknown {
  return element.name === "system-out" ? element.text : tableOf(element);
}

/** Throws where the text is not well-formed, or not what JUnit's readers expect. */
function parse(xml: string) {
  const { root } = parseXml(xml);
  return JUNIT.parse({ [root?.name ?? "nothing"]: root && tableOf(root) }).testsuites;
}

const suites = parse(renderJunit(SMALL_RUN.record));

test("every claim of every scenario is a test case", () => {
  const cases = suites.testsuite.flatMap(({ testcase }) => testcase.map(({ classname, name }) => `${classname}: ${name}`));
  expect(cases).toEqual(SMALL_RUN.record.scenarios.flatMap(({ id, claims }) => claims.map(({ text }) => `${id}: ${text}`)));
});

test("the counts are those of the cases", () => {
  const cases = suites.testsuite.flatMap(({ testcase }) => testcase);
  const having = (result: "failure" | "error" | "skipped") => cases.filter((one) => one[result] !== undefined).length;
  expect(suites).toMatchObject({ tests: cases.length, failures: having("failure"), errors: having("error"), skipped: having("skipped") });
  expect([suites.failures, suites.errors, suites.skipped]).toEqual([3, 1, 1]);
});

test("a failure says why, with every anomaly; what is unknown is an error; what was skipped has its reason", () => {
  const results = suites.testsuite.flatMap(({ testcase }) => testcase);
  expect(results.find(({ failure }) => failure?.type === "lost")?.failure).toMatchObject({
    message: "1842 was acknowledged by node1 and is not there",
    "#text": expect.stringContaining("1844 was acknowledged by node1"),
  });
  expect(results.find(({ error }) => error)?.error?.message).toBe("node3 was not read after the last write");
  expect(results.find(({ skipped }) => skipped)?.skipped?.message).toBe("The image has no libfaketime.");
});

test("a claim that was not checked is an error, not a pass", () => {
  const { record } = SMALL_RUN;
  const unchecked = { ...record, scenarios: record.scenarios.map((scenario) => ({ ...scenario, checks: [] })) };
  const { tests, errors, skipped } = parse(renderJunit(unchecked));
  expect(errors).toBe(tests - skipped);
});

const said = suites.testsuite.flatMap((suite) => suite["system-out"] ?? []);

test("a known limit is told where it was met", () => {
  expect(said.filter((text) => text.startsWith("known limit"))).toEqual([
    expect.stringContaining("known limit: Patroni does not fail over"),
  ]);
});

test("what did not pass says how it is played again", () => {
  const again = said.filter((text) => text.startsWith("again: "));
  expect(again).toHaveLength(3);
  expect(again[0]).toBe("again: verifier run --bundle clusters/two-datacenters --only etcd-quorum-lost --seed 4242");
});

test("a claim of which one population is well and the other is not is not well", () => {
  const { record } = SMALL_RUN;
  const two = record.scenarios.filter(({ id }) => id === "stress");
  const half = two.map((scenario) => ({
    ...scenario,
    checks: scenario.checks.map((check, at) => (at === 1 ? { ...check, verdict: "fail" as const, reason: "too slow" } : check)),
  }));
  expect(parse(renderJunit({ ...record, scenarios: half }))).toMatchObject({ tests: 2, failures: 1 });
});

test("whatever stands in a run, the file is well-formed and has the same test cases", () => {
  const known = textsOf(SMALL_RUN);
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 5, maxLength: 20 }), (texts) => {
      const change = (text: string) => `x${texts[known.indexOf(text) % texts.length]}${known.indexOf(text)}`;
      const { record } = rewriteRun(SMALL_RUN, change);
      const xml = renderJunit(record);
      expect(xml.isWellFormed()).toBe(true);
      const { tests, failures, errors, skipped, testsuite } = parse(xml);
      expect({ tests, failures, errors, skipped }).toEqual({ tests: suites.tests, failures: 3, errors: 1, skipped: 1 });
      const asParsed = (text: string) => text.toWellFormed().replace(/[\p{Cc}\p{Cn}\uFFFD\s]/gu, "");
      expect(testsuite.flatMap(({ testcase }) => testcase.map(({ name }) => asParsed(name)))).toEqual(
        record.scenarios.flatMap(({ claims }) => claims.map(({ text }) => asParsed(text))),
      );
    }),
    { numRuns: 60, examples: [[[...TEXTS_TO_TRY]]] },
  );
});
