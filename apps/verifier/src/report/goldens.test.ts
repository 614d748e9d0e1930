import path from "node:path";
import { expect, test } from "vitest";
import { renderHtml } from "./render-html.ts";
import { renderJunit } from "./render-junit.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { SYNTHETIC_RUN } from "./testing/synthetic-run.ts";

const RENDERINGS = {
  "run.json": () => `${JSON.stringify(SYNTHETIC_RUN.record, null, 2)}\n`,
  "report.html": () => renderHtml(SYNTHETIC_RUN),
  "report.md": () => renderMarkdown(SYNTHETIC_RUN),
  "junit.xml": () => renderJunit(SYNTHETIC_RUN.record),
};

test.each(Object.entries(RENDERINGS))("%s of the synthetic run is what was reviewed", async (name, render) => {
  await expect(render()).toMatchFileSnapshot(path.join(import.meta.dirname, "fixtures/synthetic", name));
});

test.each(Object.entries(RENDERINGS))("%s is the same each time", (_, render) => {
  expect(render()).toBe(render());
});

test.each(Object.entries(RENDERINGS))("%s has nothing that was not written on purpose", (_, render) => {
  expect(render()).not.toMatch(/undefined|NaN|\[object|Infinity/);
});
