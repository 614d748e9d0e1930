/** A number between two bounds. */
export interface NumberAccepts {
  readonly type: "integer" | "real";
  readonly min: number;
  readonly max: number;
  /** What a bare number counts, in the daemon's own spelling. */
  readonly unit?: string;
  /** Taken although they lie outside the bounds: what stands for "off" or "automatic". */
  readonly also?: readonly number[];
  /** Only its multiples. */
  readonly step?: number;
}

/** What a daemon takes as a value; how the value is written is its own affair (see `Dialect`). Bounds are inclusive. */
export type Accepts =
  | { readonly type: "switch" }
  | NumberAccepts
  | { readonly type: "word"; readonly words: readonly string[] }
  /** One text with commas between its items; `words`: those that an item can be, absent where it can be any. */
  | { readonly type: "list"; readonly words?: readonly string[] }
  /** `form`: a grammar inside the text that the dialect knows, such as a list of ciphers. */
  | { readonly type: "text"; readonly form?: string };

/** `a, b or c` */
export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

/** Whether a number lies within the bounds, or is one of those taken besides. */
export function isWithin(number: number, { min, max, also, step }: NumberAccepts): boolean {
  return also?.includes(number) === true || (number >= min && number <= max && (step === undefined || number % step === 0));
}

function bounds({ min, max }: NumberAccepts): string {
  if (min === -Infinity && max === Infinity) return "";
  if (max === Infinity) return ` from ${min}`;
  return min === -Infinity ? ` up to ${max}` : ` from ${min} to ${max}`;
}

/** What a value must be, to follow "must be". */
export function describeAccepts(accepts: Accepts): string {
  switch (accepts.type) {
    case "switch":
      return "true or false";
    case "integer":
    case "real": {
      const unit = accepts.unit === undefined ? "" : ` (${accepts.unit})`;
      const step = accepts.step === undefined ? "" : ` in steps of ${accepts.step}`;
      const also = accepts.also === undefined ? "" : `, or ${oneOf(accepts.also.map(String))}`;
      return `a ${accepts.type === "integer" ? "whole " : ""}number${bounds(accepts)}${step}${unit}${also}`;
    }
    case "word":
      return oneOf(accepts.words);
    case "list":
      return accepts.words === undefined ? "a list with commas" : `a list of: ${accepts.words.join(", ")}`;
    case "text":
      return accepts.form ?? "text";
  }
}
