import type { ElementContent } from "hast";
import { h } from "hastscript";
import { type Status, STATUSES } from "../model/status.ts";
import type { Cell, Inline } from "../model/table.ts";

/** A status by sign and word; `short`: the word for those only who cannot see the sign. */
export function statusMark(status: Status, short = false): ElementContent {
  const { sign, word } = STATUSES[status];
  return h("span", { className: ["status", `is-${status}`], ...(short && { title: word }) }, [
    h("span", { className: ["sign"], ariaHidden: "true" }, sign),
    short ? h("span", { className: ["hidden"] }, word) : ` ${word}`,
  ]);
}

function printInline(inline: Inline): ElementContent {
  if (typeof inline === "string") return { type: "text", value: inline };
  switch (inline.kind) {
    case "status":
      return statusMark(inline.status, inline.short);
    case "figure":
      return h("span", { className: ["fig"] }, [`${inline.name} `, h("b", inline.value)]);
    case "aside":
      return h("span", { className: ["aside"] }, inline.text);
    case "line":
      return h("div", inline.text);
    case "code":
      return h("code", inline.text);
    case "link":
      return h("a", { href: hrefOf(inline.to) }, inline.text);
  }
}

/** A place in the page, or a file beside it, whatever characters its name has. */
export function hrefOf(to: string): string {
  return to.startsWith("#") ? `#${encodeURIComponent(to.slice(1))}` : to.toWellFormed().split("/").map(encodeURIComponent).join("/");
}

/** The parts of a cell, a blank between them. */
export function printCell(cell: Cell): ElementContent[] {
  return cell.flatMap((inline, position): ElementContent[] => [
    ...(position > 0 ? [{ type: "text" as const, value: " " }] : []),
    printInline(inline),
  ]);
}
