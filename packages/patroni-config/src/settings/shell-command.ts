/** A word of a command. `literal`: the shell changes nothing about it. */
interface Word {
  readonly text: string;
  readonly literal: boolean;
}

/** A program with its arguments; the first word is the program. */
export interface SimpleCommand {
  readonly words: readonly Word[];
  /** Files that its output goes to, or its input comes from. */
  readonly redirected: readonly Word[];
}

const TOKEN = new RegExp(
  [
    String.raw`(?<blank>[ \t]+)`,
    String.raw`(?<redirect>\d*(?:>>|>\||>&|<&|>|<))`,
    String.raw`(?<end>&&|\|\||[;&|()\n])`,
    String.raw`(?<word>(?:\\[^]|'[^']*'|"(?:\\[^]|[^"\\])*"|[^\s;&|()<>'"\\])+)`,
    String.raw`(?<other>[^])`,
  ].join("|"),
  "gu",
);

const PART = /\\([^])|'([^']*)'|"((?:\\[^]|[^"\\])*)"|([^'"\\]+)/gu;

function readWord(raw: string): Word {
  let text = "";
  let literal = true;
  for (const [, escaped, single, double, bare] of raw.matchAll(PART)) {
    text += escaped ?? single ?? double?.replaceAll(/\\([$`"\\])/g, "$1") ?? bare ?? "";
    if (/[$`]/.test(double ?? "") || /[$`*?[~]/.test(bare ?? "")) literal = false;
  }
  return { text, literal };
}

/** Words after which the shell expects a command. */
const LEADING = new Set(["!", "{", "if", "then", "elif", "else", "while", "until", "do"]);
/** Words that begin something else than a command. */
const OTHERWISE = new Set(["for", "case", "esac", "fi", "done", "}", "in"]);
const ASSIGNMENT = /^[A-Za-z_]\w*=/;

/** From the program on; nothing where there is none. */
function withoutLead(words: readonly Word[]): readonly Word[] {
  const first = words.findIndex(({ text }) => !LEADING.has(text) && !ASSIGNMENT.test(text));
  const rest = first === -1 ? [] : words.slice(first);
  return OTHERWISE.has(rest[0]?.text ?? "") ? [] : rest;
}

/**
 * The programs that a line for the shell calls, each with its arguments. What the shell would have to run to know (in
 * backquotes, in `$(…)`) stays a word that is not literal.
 */
export function readCommands(line: string): SimpleCommand[] {
  const commands: SimpleCommand[] = [];
  let words: Word[] = [];
  let redirected: Word[] = [];
  let toFile = false;
  const end = () => {
    const rest = withoutLead(words);
    if (rest.length > 0) commands.push({ words: rest, redirected });
    words = [];
    redirected = [];
  };
  for (const { groups } of line.matchAll(TOKEN)) {
    const { redirect, end: ended, word, other } = groups ?? {};
    if (ended !== undefined) end();
    else if (redirect !== undefined) toFile = true;
    else if (word !== undefined || other !== undefined) {
      (toFile ? redirected : words).push(readWord(word ?? other ?? ""));
      toFile = false;
    }
  }
  end();
  return commands;
}
