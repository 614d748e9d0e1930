import type { Element } from "hast";
import { h } from "hastscript";
import type { RunHeader } from "../../run/record.ts";
import { formatDuration } from "../model/numbers.ts";
import { formatInstant } from "../model/run-facts.ts";
import type { Summary } from "../model/summary.ts";
import { hrefOf, statusMark } from "./cells.ts";

function printTile({ label, value, note, status }: Summary["tiles"][number]): Element {
  return h("div", { className: ["tile"] }, [
    h("dt", label),
    h("dd", { className: ["value", `is-${status ?? "plain"}`] }, value),
    h("dd", { className: ["note"] }, note),
  ]);
}

function printAttention(attention: Summary["attention"]): Element[] {
  if (attention.length === 0) return [];
  const items = attention.map(({ status, anchor, title, reason }) =>
    h("li", [statusMark(status), h("div", [h("a", { href: hrefOf(`#${anchor}`) }, title), h("p", { className: ["small"] }, reason)])]),
  );
  return [h("h2", "What needs attention"), h("ul", { className: ["attention"] }, items)];
}

/** The first page: all that a person in a hurry reads. */
export function printSummary({ status, headline, tiles, story, attention }: Summary, header: RunHeader): Element {
  const { cluster } = header;
  const about = `Matriarch verifier · ${cluster.scope} · ${header.suite} · ${formatInstant(header.started)} · ${formatDuration(header.seconds)}`;
  return h("section", { className: ["summary"], id: "summary" }, [
    h("p", { className: ["eyebrow"] }, about),
    h("div", { className: ["verdict", `is-${status}`] }, [statusMark(status), h("h1", headline)]),
    h("dl", { className: ["tiles"] }, tiles.map(printTile)),
    ...printAttention(attention),
    h(
      "div",
      { className: ["story"] },
      story.map(({ heading, text }) => h("div", [h("h2", heading), h("p", text)])),
    ),
    h("h2", "Run it again"),
    h("pre", h("code", header.command)),
  ]);
}
