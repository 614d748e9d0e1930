import { describe, expect, test } from "vitest";
import { DIAGNOSTIC_CODES } from "./codes.ts";
import { formatList } from "./format-list.ts";
import { formatMarkdown } from "./format-markdown.ts";
import { formatPage } from "./format-page.ts";
import { PAGES } from "./pages.ts";

test("docs/diagnostics.md is made from the pages", async () => {
  await expect(formatMarkdown()).toMatchFileSnapshot("../../../../docs/diagnostics.md");
});

test("the list has a line for each code, and each code once", () => {
  const lines = formatList("human").trimEnd().split("\n");
  expect(lines.map((line) => line.split(" ")[0])).toEqual([...new Set(DIAGNOSTIC_CODES)]);
  expect(JSON.parse(formatList("json"))).toHaveLength(DIAGNOSTIC_CODES.length);
});

describe("the page of", () => {
  test.each(DIAGNOSTIC_CODES)("%s is short, and says what, why, whence and what to do", (code) => {
    const page = PAGES[code];
    for (const text of [page.cause, page.why, page.remedy]) expect(text).toMatch(/^[A-Z`a-z0-9].*[.?]$/);
    expect(page.cause.length).toBeLessThan(130);
    expect(page.why.length).toBeLessThan(460);
    expect(page.source).not.toBe("");
    expect(formatPage(code, "human")).toContain(page.remedy);
    expect(JSON.parse(formatPage(code, "json"))).toEqual({ code, ...page });
  });
});
