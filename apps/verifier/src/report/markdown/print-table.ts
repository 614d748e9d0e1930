import type { AlignType, Paragraph, PhrasingContent, Table as MarkdownTable, TableRow } from "mdast";
import { STATUSES } from "../model/status.ts";
import type { Cell, Column, Inline, Row, Table } from "../model/table.ts";
import { paragraph, strong, text } from "./blocks.ts";

const ALIGNMENTS: Readonly<Record<NonNullable<Column["align"]>, AlignType>> = { end: "right", center: "center" };

function printInline(inline: Inline): PhrasingContent[] {
  if (typeof inline === "string") return [text(inline)];
  switch (inline.kind) {
    case "status": {
      const { sign, word } = STATUSES[inline.status];
      return inline.short ? [text(sign)] : [text(`${sign} `), strong(word)];
    }
    case "figure":
      return [text(`${inline.name} `), strong(inline.value)];
    case "aside":
    case "line":
      return [text(inline.text)];
    case "code":
      // A line end in code is not escaped, and would end the row.
      return [{ type: "inlineCode", value: inline.text.replace(/[\r\n]+/g, " ") }];
    case "link":
      // Places inside have other names here: only files are worth a link.
      return inline.to.startsWith("#") ? [text(inline.text)] : [{ type: "link", url: inline.to, children: [text(inline.text)] }];
  }
}

function standsAlone(inline: Inline | undefined): boolean {
  return typeof inline === "object" && (inline.kind === "figure" || inline.kind === "line" || inline.kind === "aside");
}

/** The parts of a cell, in one line: a Markdown table has no other. */
export function printCell(cell: Cell): PhrasingContent[] {
  return cell.flatMap((inline, position) => [
    ...(position > 0 ? [text(standsAlone(inline) || standsAlone(cell[position - 1]) ? " · " : " ")] : []),
    ...printInline(inline),
  ]);
}

function printRow(row: Row, width: number): TableRow {
  const cells: PhrasingContent[][] =
    "heading" in row
      ? [[{ type: "strong", children: printCell(row.heading) }], ...Array.from({ length: width - 1 }, () => [])]
      : row.map(printCell);
  return { type: "tableRow", children: cells.map((children) => ({ type: "tableCell", children })) };
}

/** A table below its caption; one sentence where there is nothing to list. */
export function printTable({ caption, columns, rows, empty }: Table): (MarkdownTable | Paragraph)[] {
  if (rows.length === 0) return [paragraph(empty)];
  const head: TableRow = { type: "tableRow", children: columns.map(({ title }) => ({ type: "tableCell", children: [text(title)] })) };
  return [
    paragraph(`${caption}.`),
    {
      type: "table",
      align: columns.map(({ align }) => (align ? ALIGNMENTS[align] : null)),
      children: [head, ...rows.map((row) => printRow(row, columns.length))],
    },
  ];
}
