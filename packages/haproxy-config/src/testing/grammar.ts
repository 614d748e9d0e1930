const ESCAPED = " \\#'\"";

/**
 * HAProxy's own reading of a line, for tests: words as `parse_line()` of its src/tools.c splits them, compared once with
 * `show env` of a running HAProxy 3.0.11. Variables in double quotes are left alone: what is rendered has none.
 */
export function wordsOfLine(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? "";
    const next = line[at + 1] ?? "";
    if (quote === "" && char === "#") break;
    if (quote === "" && (char === " " || char === "\t")) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === "" && (char === "'" || char === '"')) {
      quote = char;
      word ??= "";
    } else if (char === quote) {
      quote = "";
    } else if (char === "\\" && quote !== "'") {
      // Before anything else a backslash is itself. Its letters (\n, \x41 and so on) are left out: nothing writes them.
      word = (word ?? "") + (ESCAPED.includes(next) ? next : `\\${next}`);
      at++;
    } else {
      word = (word ?? "") + char;
    }
  }
  if (quote !== "") throw new SyntaxError("unbalanced quote");
  return word === undefined ? words : [...words, word];
}

/** The lines of a configuration that say something, as words. */
export function linesOf(text: string): string[][] {
  return text
    .split("\n")
    .map(wordsOfLine)
    .filter((words) => words.length > 0);
}

const SECTIONS = ["global", "crt-store", "defaults", "frontend", "backend", "userlist"];

/** The lines of each section, by its first line. */
export function sectionsOf(text: string): Map<string, string[][]> {
  const sections = new Map<string, string[][]>();
  let section: string[][] = [];
  for (const words of linesOf(text)) {
    if (SECTIONS.includes(words[0] ?? "")) sections.set(words.join(" "), (section = []));
    else section.push(words);
  }
  return sections;
}
