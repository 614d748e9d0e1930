/** One package or app of the workspace: what it says about itself, and what its files import. */
export interface Workspace {
  /** Folder from the root, such as `packages/topology`. */
  readonly folder: string;
  readonly name: string;
  /** Names in every kind of dependency. */
  readonly dependencies: readonly string[];
  /** Folders from the root that its tsconfig.json refers to. */
  readonly references: readonly string[];
  readonly imports: readonly Import[];
}

export interface Import {
  /** File from the root. */
  readonly file: string;
  readonly specifier: string;
}
