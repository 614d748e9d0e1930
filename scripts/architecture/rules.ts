import { posix } from "node:path";
import { findCircles, findMisplaced, RANKS } from "./ranks.ts";
import type { Workspace } from "./workspace.ts";

const SCOPE = "@matriarch/";
const TOPOLOGY = `${SCOPE}topology`;

/** Says which of the workspace's own packages another may use: `topology ← pki, *-config ← compose-gen`, and `topology ← verifier`. */
function allowed(user: Workspace, workspaces: readonly Workspace[]): readonly string[] {
  if (user.name === TOPOLOGY) return [];
  // The verifier reads what was written, like an operator: sharing a renderer would be sharing its mistake.
  if (user.name !== `${SCOPE}compose-gen`) return [TOPOLOGY];
  return workspaces.filter(({ folder }) => folder.startsWith("packages/")).map(({ name }) => name);
}

function packageOf(specifier: string): string {
  return specifier.split("/", 2).join("/");
}

function forbiddenUses(workspace: Workspace, workspaces: readonly Workspace[]): string[] {
  const mayUse = allowed(workspace, workspaces);
  const isForbidden = (name: string) => name.startsWith(SCOPE) && !mayUse.includes(packageOf(name));
  return [
    ...workspace.dependencies.filter(isForbidden).map((name) => `${workspace.folder}/package.json depends on ${name}`),
    ...workspace.imports.filter(({ specifier }) => isForbidden(specifier)).map(({ file, specifier }) => `${file} imports ${specifier}`),
  ];
}

/** A relative path into a neighbour would pass by the direction and by what the neighbour exports. */
function escapes({ folder, imports }: Workspace): string[] {
  return imports
    .filter(({ specifier }) => specifier.startsWith("."))
    .filter(({ file, specifier }) => !posix.join(posix.dirname(file), specifier).startsWith(`${folder}/`))
    .map(({ file, specifier }) => `${file} imports ${specifier}, outside ${folder}`);
}

/** `tsc --build` is silent about a project nobody refers to: it is then never compiled. */
function missingReferences(workspace: Workspace, workspaces: readonly Workspace[], solution: readonly string[]): string[] {
  const used = workspaces.filter(({ name }) => workspace.dependencies.includes(name)).map(({ folder }) => folder);
  return [
    ...used
      .filter((folder) => !workspace.references.includes(folder))
      .map((folder) => `${workspace.folder}/tsconfig.json does not refer to ${folder}, which it depends on`),
    ...workspace.references
      .filter((folder) => !used.includes(folder))
      .map((folder) => `${workspace.folder}/tsconfig.json refers to ${folder}, which it does not depend on`),
    ...(solution.includes(workspace.folder) ? [] : [`tsconfig.json does not refer to ${workspace.folder}`]),
  ];
}

/** Only apps have rooms. */
function roomsOf(workspace: Workspace): string[] {
  const tiers = RANKS[workspace.folder];
  return tiers ? [...findMisplaced(workspace, tiers), ...findCircles(workspace)] : [];
}

/**
 * Everything that breaks the direction of the dependencies, one sentence each; empty when all is well.
 * `solution` holds the folders that the root's tsconfig.json refers to.
 */
export function findViolations(workspaces: readonly Workspace[], solution: readonly string[]): string[] {
  return workspaces.flatMap((workspace) => [
    ...forbiddenUses(workspace, workspaces),
    ...escapes(workspace),
    ...missingReferences(workspace, workspaces, solution),
    ...roomsOf(workspace),
  ]);
}
