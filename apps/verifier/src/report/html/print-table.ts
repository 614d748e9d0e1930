import type { Element } from "hast";
import { h } from "hastscript";
import type { Row, Table } from "../model/table.ts";
import { printCell } from "./cells.ts";

/** `stacked`: on a phone each row becomes a card. `matrix`: it stays a grid, and scrolls. */
export type Layout = "stacked" | "matrix";

function printRow(row: Row, columns: Table["columns"]): Element {
  if ("heading" in row)
    return h("tr", { className: ["heading"] }, h("th", { scope: "rowgroup", colSpan: columns.length }, printCell(row.heading)));
  return h(
    "tr",
    row.map((cell, position) => {
      const { title, align } = columns[position] ?? { title: "" };
      // What is in a cell stands together where the cell becomes a line of a card.
      return h("td", { className: align ? [align] : [], dataLabel: title }, cell.length === 0 ? [] : h("div", printCell(cell)));
    }),
  );
}

/** A table with its caption; one sentence where there is nothing to list. */
export function printTable({ caption, columns, rows, empty }: Table, layout: Layout = "stacked"): Element {
  if (rows.length === 0) return h("p", { className: ["empty"] }, empty);
  // Not the table's own caption: that would be as wide as the table where it scrolls.
  return h("div", [
    h("p", { className: ["caption"] }, caption),
    h(
      "div",
      { className: ["scroll"], tabIndex: 0, role: "region", ariaLabel: caption },
      h("table", { className: [layout], ariaLabel: caption }, [
        h(
          "thead",
          h(
            "tr",
            columns.map(({ title, align }) => h("th", { scope: "col", className: align ? [align] : [] }, title)),
          ),
        ),
        h(
          "tbody",
          rows.map((row) => printRow(row, columns)),
        ),
      ]),
    ),
  ]);
}
