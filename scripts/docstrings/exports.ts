import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Something that a module makes public, where it is declared. */
export interface Declaration {
  readonly name: string;
  readonly file: string;
  /** Whether a comment for its users stands directly above it. */
  readonly isDocumented: boolean;
}

const REEXPORT = /^export (?:type )?(?:\*|\{(?<names>[^}]*)\}) from "(?<from>\.[^"]*)";/gm;
const DECLARATION = /(?<comment>\*\/\n)?^export (?:async )?(?:function|const|interface|type|class) (?<name>\w+)/gm;

function declarationsIn(file: string): Declaration[] {
  return [...readFileSync(file, "utf8").matchAll(DECLARATION)].map(({ groups }) => ({
    name: groups?.["name"] ?? "",
    file,
    isDocumented: groups?.["comment"] !== undefined,
  }));
}

function namesIn(list: string): string[] {
  return list
    .split(",")
    .map((name) => name.trim().replace(/^type /, ""))
    .filter((name) => name !== "");
}

/** Everything that a module exports, through every module that it passes on; one file may stand behind several names. */
export function exportsOf(file: string): Declaration[] {
  const passedOn = [...readFileSync(file, "utf8").matchAll(REEXPORT)].flatMap(({ groups }) => {
    const all = exportsOf(join(dirname(file), groups?.["from"] ?? ""));
    const names = groups?.["names"];
    return names === undefined
      ? all
      : namesIn(names).map((name) => all.find((found) => found.name === name) ?? { name, file, isDocumented: false });
  });
  return [...declarationsIn(file), ...passedOn];
}
