import { stripVTControlCharacters } from "node:util";
import { outlookOf } from "@matriarch/topology";
import { EXAMPLE_NAMES, exampleText, topologyOf, validText } from "@matriarch/topology/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTopology } from "../pipeline.ts";
import { formatOutlook } from "../report/outlook.ts";
import { type Format, formatReport } from "../report/report.ts";
import { reportOf } from "./check.ts";

function checked(text: string, format: Format): string {
  const read = readTopology({ text, file: "topology.yaml" }, { text: "", file: ".env" }, "fill");
  return stripVTControlCharacters(formatReport(reportOf(read), format));
}

test.each(EXAMPLE_NAMES)("what is said of the example %s is its golden", async (example) => {
  await expect(checked(exampleText(example), "human")).toMatchFileSnapshot(`../../fixtures/${example}.check.txt`);
});

test("programs get the whole outlook beside the findings", () => {
  const text = exampleText("minimal");
  expect(JSON.parse(checked(text, "json"))).toMatchObject({ ok: true, outlook: JSON.parse(JSON.stringify(outlookOf(topologyOf(text)))) });
});

describe.each(["human", "json"] as const)("of a topology with an error nothing is predicted (%s)", (format) => {
  test.each([
    ["that is none", "cluster: ["],
    ["that cannot work", exampleText("minimal").replace("proxy: [haproxy, pgbouncer]", "proxy: [pgbouncer]")],
  ])("%s", (_, text) => {
    const said = checked(text, format);
    expect(said).toMatch(/error/);
    expect(said).not.toMatch(/outlook|predicted/);
  });
});

test("the outlook of any valid topology is short, in lines that a terminal shows, without a hole", () => {
  fc.assert(
    fc.property(validText, (text) => {
      const topology = topologyOf(text);
      const lines = formatOutlook(outlookOf(topology)).map(stripVTControlCharacters);
      expect(lines.length).toBeLessThan(150);
      for (const line of lines) {
        expect(line).not.toMatch(/undefined|NaN|Infinity|\[object|\s$/);
        expect(line.length, line).toBeLessThanOrEqual(130);
      }
    }),
  );
});
