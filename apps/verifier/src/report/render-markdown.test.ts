import { anyText } from "@matriarch/topology/testing";
import fc from "fast-check";
import type { Nodes, Table } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import { expect, test } from "vitest";
import { renderMarkdown } from "./render-markdown.ts";
import { rewriteRun, TEXTS_TO_TRY, textsOf } from "./testing/rewrite.ts";
import { SMALL_RUN, SMALLEST_RUN } from "./testing/small-run.ts";

function parse(markdown: string) {
  return fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
}

function nodesOf(node: Nodes): Nodes[] {
  return [node, ...("children" in node ? node.children.flatMap(nodesOf) : [])];
}

function textOf(node: Nodes): string {
  return nodesOf(node)
    .map((part) => ("value" in part ? part.value : ""))
    .join("");
}

/** Blocks and tables, without what is in them. */
function skeletonOf(markdown: string): string[] {
  return nodesOf(parse(markdown)).flatMap(({ type }) => (type === "text" || type === "break" || type === "inlineCode" ? [] : [type]));
}

const document = parse(renderMarkdown(SMALL_RUN));

test("the sections are those of the page, the verdict first", () => {
  const headings = nodesOf(document).filter((node) => node.type === "heading" && node.depth <= 2);
  expect(headings.map(textOf)).toEqual([
    "✗ 2 of 10 scenarios broke a promise.",
    "What needs attention",
    "Claimed",
    "Done",
    "Seen",
    "Run it again",
    "The run",
    "Safety: what was claimed, and what was found",
    "Recovery: how long, and what it cost",
    "Faults and properties",
    "Scenarios",
    "What was not tested, and known limits",
  ]);
});

test("tables are tables: every row has a cell for each column", () => {
  const tables = nodesOf(document).filter((node): node is Table => node.type === "table");
  expect(tables.length).toBeGreaterThanOrEqual(8);
  for (const { align, children } of tables) for (const row of children) expect(row.children).toHaveLength(align?.length ?? 0);
});

test("what the figures show is said in words", () => {
  expect(textOf(document)).toContain("Two nodes were primary at once, for up to 4.3 s.");
});

/** What Markdown itself does to blanks and to characters that no text file holds. */
function asParsed(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Cn}\uFFFD\s]/gu, "");
}

test("data is shown as it is and never becomes a heading, a link, a table or HTML", () => {
  const known = textsOf(SMALLEST_RUN);
  const usual = skeletonOf(renderMarkdown(SMALLEST_RUN));
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 5, maxLength: 20 }), (texts) => {
      const change = (text: string) => (text === "" ? "" : `x${texts[known.indexOf(text) % texts.length]}${known.indexOf(text)}`);
      const run = rewriteRun(SMALLEST_RUN, change);
      const markdown = renderMarkdown(run);
      expect(skeletonOf(markdown)).toEqual(usual);
      const shown = asParsed(textOf(parse(markdown)));
      for (const { title, claims } of run.record.scenarios) {
        expect(shown).toContain(asParsed(title));
        for (const { text } of claims) expect(shown).toContain(asParsed(text));
      }
    }),
    { numRuns: 40, examples: [[[...TEXTS_TO_TRY]]] },
  );
});
