/** One colour in both schemes. */
export interface Colour {
  readonly light: string;
  readonly dark: string;
}

/** What text and marks stand on. */
export const GROUNDS = {
  paper: { light: "#ffffff", dark: "#12161c" },
  raised: { light: "#f5f7fa", dark: "#1a2029" },
  /** The stretch of a fault, behind everything that happens in it. */
  band: { light: "#fbf1e6", dark: "#2b241d" },
} as const satisfies Record<string, Colour>;

/** What can be read on every ground: 4.5 to 1 at least. */
export const INKS = {
  ink: { light: "#1b2128", dark: "#e8edf3" },
  muted: { light: "#55606c", dark: "#a3afbc" },
  link: { light: "#0b5394", dark: "#8cc4ff" },

  pass: { light: "#006b55", dark: "#4ab896" },
  fail: { light: "#9e1200", dark: "#ff6a45" },
  unknown: { light: "#7d5300", dark: "#ffe065" },
  skipped: { light: "#5a6b79", dark: "#c3d3e3" },
  limit: { light: "#2c1f94", dark: "#a88aff" },

  ok: { light: "#3b6dab", dark: "#b9dcff" },
  late: { light: "#776600", dark: "#ffe56b" },
  failed: { light: "#a31500", dark: "#f8714d" },
  unclear: { light: "#2f0d4d", dark: "#a98be0" },

  first: { light: "#3c66b3", dark: "#7c9cd8" },
  second: { light: "#a34a00", dark: "#e08a1a" },
  third: { light: "#00382a", dark: "#45d6a8" },
  fourth: { light: "#7a0a86", dark: "#fbdcff" },

  fault: { light: "#a34a00", dark: "#f0a050" },
  primary: { light: "#0b5394", dark: "#8cc4ff" },
  replica: { light: "#5f6c79", dark: "#8996a4" },
  danger: { light: "#c0001d", dark: "#ff6b6b" },
} as const satisfies Record<string, Colour>;

/** Lines that only divide: nothing is lost where they are not seen. */
const RULES = {
  rule: { light: "#d5dce4", dark: "#333d49" },
  grid: { light: "#e6eaef", dark: "#262e38" },
} as const satisfies Record<string, Colour>;

export type Ink = keyof typeof INKS;

/** Inks that stand side by side and have to be told apart, by everyone. */
export const INKS_SIDE_BY_SIDE: readonly (readonly Ink[])[] = [
  ["pass", "fail", "unknown", "skipped", "limit"],
  ["ok", "late", "failed", "unclear"],
  ["first", "second", "third", "fourth"],
  ["primary", "replica", "danger"],
];

const COLOURS: Readonly<Record<string, Colour>> = { ...GROUNDS, ...INKS, ...RULES };

/** Declarations of CSS variables, `--ink` and so on, for one scheme. */
export function colourVariables(scheme: keyof Colour): string {
  return Object.entries(COLOURS)
    .map(([name, colour]) => `--${name}:${colour[scheme]};`)
    .join("");
}

/** Classes for marks of a figure: `f-ok` fills, `s-ok` draws a line. */
export function markClasses(): string {
  return Object.keys(COLOURS)
    .map((name) => `.f-${name}{fill:var(--${name})}.s-${name}{stroke:var(--${name})}`)
    .join("");
}
