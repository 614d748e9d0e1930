import type { Status } from "./status.ts";

/** A part of a cell that is more than text. */
export type Inline =
  | string
  | { readonly kind: "status"; readonly status: Status; readonly short?: boolean }
  | { readonly kind: "figure"; readonly name: string; readonly value: string }
  | { readonly kind: "code"; readonly text: string }
  /** Said in passing. */
  | { readonly kind: "aside"; readonly text: string }
  /** A sentence on a line of its own. */
  | { readonly kind: "line"; readonly text: string }
  /** `to`: a file beside the report, or `#` and a place in it. */
  | { readonly kind: "link"; readonly to: string; readonly text: string };

export type Cell = readonly Inline[];

export interface Column {
  readonly title: string;
  /** Figures stand flush right, so that their digits do. */
  readonly align?: "end" | "center";
}

/** A row of cells, or a heading over the rows that follow. */
export type Row = readonly Cell[] | { readonly heading: Cell };

/** A table, whatever it will be printed as. */
export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** What to say where there is no row. */
  readonly empty: string;
}
