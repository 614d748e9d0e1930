/** Width of a line of names. */
const WIDTH = 130;

/** `key: value` as TypeScript; the formatter lays it out. */
export function literal(value: unknown): string {
  if (value === Infinity) return "Infinity";
  if (value === -Infinity) return "-Infinity";
  if (typeof value === "bigint") return `0x${value.toString(16)}n`;
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${/^[a-z_]\w*$/i.test(key) ? key : JSON.stringify(key)}: ${literal(inner)}`);
  return `{ ${entries.join(", ")} }`;
}

/** A record with a line for each key. */
export function record(rows: Readonly<Record<string, unknown>>): string {
  return `{\n${Object.entries(rows)
    .map(([key, value]) => `${JSON.stringify(key)}: ${literal(value)},\n`)
    .join("")}}`;
}

/** An expression for a list of names, many to a line. */
export function nameList(names: readonly string[]): string {
  const lines = names.reduce<string[]>((all, name) => {
    const last = all.at(-1) ?? "";
    return last === "" || last.length + name.length >= WIDTH ? [...all, `  ${name}`] : [...all.slice(0, -1), `${last} ${name}`];
  }, []);
  return `\`\n${lines.join("\n")}\n\`.trim().split(/\\s+/)`;
}

/** A generated file: where it comes from, what it imports, its constants. */
export function sourceFile(command: string, from: string, imports: readonly string[], constants: readonly string[]): string {
  const header = `// Written by \`${command}\` from ${from}. Do not edit it.\n`;
  return [header, ...imports.map((line) => `${line}\n`), "\n", constants.join("\n\n"), "\n"].join("");
}
