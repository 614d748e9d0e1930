import { printableText } from "@matriarch/topology/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { maskOf } from "../mask/mask.ts";
import { renderHtml } from "./render-html.ts";
import { renderJunit } from "./render-junit.ts";
import { renderMarkdown } from "./render-markdown.ts";
import type { SavedRun } from "./saved-run.ts";
import { rewriteRun, textsOf } from "./testing/rewrite.ts";
import { SMALLEST_RUN } from "./testing/small-run.ts";
import { SPELLINGS } from "../mask/testing/spellings.ts";

const RENDERINGS: Readonly<Record<string, (run: SavedRun) => string>> = {
  HTML: renderHtml,
  Markdown: renderMarkdown,
  JUnit: ({ record }) => renderJunit(record),
  JSON: ({ record }) => JSON.stringify(record),
};

const spellings = Object.values(SPELLINGS);
const usual = Object.values(RENDERINGS).map((render) => render(SMALLEST_RUN));
const places = textsOf(SMALLEST_RUN);

/** As a reader of Markdown sees it. */
function withoutBackslashes(rendering: string): string {
  return rendering.replace(/\\([!-/:-@[-`{-~])/g, "$1");
}

/** Text that the report would not hold anyway, in any spelling. */
const secret = printableText.filter(
  (text) =>
    Buffer.byteLength(text) >= 6 &&
    !text.includes("•") &&
    spellings.every((spell) => usual.every((rendering) => !rendering.includes(spell(text)))),
);

test.each(Object.entries(RENDERINGS))("%s holds no secret, wherever in the run it stood and however it was spelled", (_, render) => {
  fc.assert(
    fc.property(secret, fc.constantFrom(...spellings), fc.constantFrom(...places), (text, spell, place) => {
      const mask = maskOf([text]);
      const leaking = (other: string) => (other === place ? `${other} <${spell(text)}> ` : other);
      const rendering = render(rewriteRun(SMALLEST_RUN, (other) => mask(leaking(other))));
      for (const spelled of spellings.map((again) => again(text))) expect(rendering).not.toContain(spelled);
      expect(withoutBackslashes(rendering)).not.toContain(text);
    }),
    { numRuns: 60 },
  );
});

test("the search would find a secret that is not masked", () => {
  const leaking = rewriteRun(SMALLEST_RUN, (text) => (text.startsWith("The primary is cut off") ? `${text} hunter2&hunter2` : text));
  for (const [name, render] of Object.entries(RENDERINGS)) {
    const rendering = render(leaking);
    const seen = `${rendering}${withoutBackslashes(rendering)}`;
    expect(
      spellings.some((spell) => seen.includes(spell("hunter2&hunter2"))),
      name,
    ).toBe(true);
  }
});
