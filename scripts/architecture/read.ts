import { globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import type { Import, Workspace } from "./workspace.ts";

/** `from "x"`, `import "x"` and `import("x")`: what the syntax of the house allows. */
const SPECIFIER = /(?:\bfrom|\bimport)\s*\(?\s*"([^"\n]+)"/g;

interface Manifest {
  readonly name: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

/** The specifiers a module imports from, in order. */
export function specifiersIn(source: string): string[] {
  return [...source.matchAll(SPECIFIER)].flatMap(([, specifier]) => (specifier === undefined ? [] : [specifier]));
}

function readImports(folder: string): Import[] {
  return globSync(`${folder}/src/**/*.ts`)
    .toSorted()
    .flatMap((file) => specifiersIn(readFileSync(file, "utf8")).map((specifier) => ({ file, specifier })));
}

/** Folders from the root that a tsconfig.json refers to. */
export function readReferences(tsconfig: string): string[] {
  const { references = [] }: { references?: { path: string }[] } = JSON.parse(readFileSync(tsconfig, "utf8"));
  return references.map(({ path }) => posix.join(posix.dirname(tsconfig), path));
}

/** Every package and app; the working directory is the root. */
export function readWorkspaces(): Workspace[] {
  return globSync("{packages,apps}/*/package.json")
    .toSorted()
    .map((file) => {
      const folder = posix.dirname(file);
      const { name, dependencies, devDependencies, peerDependencies }: Manifest = JSON.parse(readFileSync(file, "utf8"));
      return {
        folder,
        name,
        dependencies: Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies }),
        references: readReferences(`${folder}/tsconfig.json`),
        imports: readImports(folder),
      };
    });
}
