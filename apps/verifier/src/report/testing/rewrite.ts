import type { SavedRun } from "../saved-run.ts";

/** Fields that hold one of few words: no run has any other text there. */
const WORDS: readonly string[] = ["verdict", "role", "phase", "f", "session", "replication", "where", "started"];

function rewrite(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((part) => rewrite(part, change));
  if (value instanceof Map) return new Map([...value].map(([key, part]) => [change(key as string), rewrite(part, change)]));
  if (value instanceof Set) return new Set([...value].map((part) => change(part as string)));
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([key, part]) => [key, WORDS.includes(key) ? part : rewrite(part, change)]);
  return Object.fromEntries(fields);
}

/** A run in which every free text is another; the same text becomes the same one everywhere. */
export function rewriteRun(run: SavedRun, change: (text: string) => string): SavedRun {
  return rewrite(run, change) as SavedRun;
}

/** Every free text of a run, each once. */
export function textsOf(run: SavedRun): string[] {
  const texts = new Set<string>();
  rewriteRun(run, (text) => {
    texts.add(text);
    return text;
  });
  return [...texts];
}

/** Texts that ended a row, opened an element or could not stand in a file once: to be tried each time. */
export const TEXTS_TO_TRY: readonly string[] = [
  "a\rb",
  "a\n# b",
  "a|b\\|c",
  "<b onclick=x>&amp;</b>",
  "[x](https://example.test)",
  "]]><!--",
  "\u0000\u0008\uFFFE\uD800",
  "```\n~~~",
  "</style></svg><script>",
];
