/** What psql does with its input: runs a statement, runs the results of one (`\gexec`), or obeys a command of its own. */
export interface Statement {
  readonly kind: "sql" | "gexec" | "command";
  readonly words: readonly Word[];
}

/** `name`: in double quotes; `text`: in single quotes or between dollars; `bare`: everything else, punctuation by itself. */
interface Word {
  readonly kind: "bare" | "name" | "text";
  readonly value: string;
}

const TOKEN = new RegExp(
  [
    String.raw`(?<blank>\s+|--[^\n]*)`,
    String.raw`"(?<name>(?:[^"]|"")*)"`,
    String.raw`'(?<text>(?:[^']|'')*)'`,
    String.raw`\$\$(?<body>[^]*?)\$\$`,
    String.raw`(?<gexec>\\gexec)`,
    String.raw`(?<command>\\[a-z]+[^\n]*)`,
    String.raw`(?<bare>[A-Za-z0-9_.-]+|[^])`,
  ].join("|"),
  "uy",
);

/** Splits text as psql does, with standard_conforming_strings on. Throws on a quote that is not closed. */
export function readSql(text: string): Statement[] {
  const statements: Statement[] = [];
  let words: Word[] = [];
  const end = (kind: Statement["kind"]) => {
    statements.push({ kind, words });
    words = [];
  };
  for (const { groups } of text.matchAll(new RegExp(TOKEN, "guy"))) {
    const { blank, name, text: literal, body, gexec, command, bare } = groups ?? {};
    if (name !== undefined) words.push({ kind: "name", value: name.replaceAll('""', '"') });
    else if (literal !== undefined) words.push({ kind: "text", value: literal.replaceAll("''", "'") });
    else if (body !== undefined) words.push({ kind: "text", value: body });
    else if (gexec !== undefined) end("gexec");
    else if (command !== undefined) {
      words.push(...(readSql(`${command.slice(1)};`)[0]?.words ?? []));
      end("command");
    } else if (bare === ";") end("sql");
    else if (bare === '"' || bare === "'") throw new SyntaxError(`a quote that is not closed: ${text}`);
    else if (blank === undefined) words.push({ kind: "bare", value: bare ?? "" });
  }
  if (words.length > 0) throw new SyntaxError(`a statement without an end: ${JSON.stringify(words)}`);
  return statements;
}
