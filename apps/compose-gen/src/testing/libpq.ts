/** A password file as libpq reads it (PQpassword's `passwordFromFile`): five fields, a backslash takes the next character as it is. */
export function readPassfile(text: string): readonly { readonly user: string; readonly password: string }[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map(readPassfileLine)
    .map(([, , , user = "", password = ""]) => ({ user, password }));
}

function readPassfileLine(line: string): string[] {
  const fields = [""];
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? "";
    if (character === ":") fields.push("");
    else fields[fields.length - 1] += character === "\\" ? (line[(at += 1)] ?? "") : character;
  }
  return fields;
}

/** Sections of a service file as libpq reads them: `key=value` to the end of the line, nothing is quoted. */
export function readServiceFile(text: string): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const [, ...parts] = text.split(/^\[(.*)\]\n/m);
  const sections = new Map<string, Record<string, string>>();
  for (let index = 0; index < parts.length; index += 2) {
    const settings = (parts[index + 1] ?? "")
      .split("\n")
      .flatMap((line) => (line === "" ? [] : [/^(\w+)=(.*)$/.exec(line)?.slice(1) ?? ["?", line]]));
    sections.set(parts[index] ?? "", Object.fromEntries(settings));
  }
  return sections;
}
