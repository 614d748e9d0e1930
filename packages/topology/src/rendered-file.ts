/** Permission bits of a written file. */
export type FileMode = 0o400 | 0o444 | 0o555 | 0o600 | 0o644 | 0o755;

/** A file that holds no secret: the same topology always gives the same bytes. */
export interface RenderedFile {
  /** Relative to the root of the rendered tree, with `/` between folders. */
  readonly path: string;
  readonly content: string;
  readonly mode: FileMode;
}

/** An overlay file that holds a secret: outside the manifest and the goldens, readable by one user only. */
export interface SecretFile {
  /** Relative to the folder of secrets: `<member>/<file>`. */
  readonly path: string;
  readonly content: string;
  readonly mode: 0o400;
  /** Numeric user and group that own the file: those of the daemon that reads it. */
  readonly owner: number;
}

/** The values of the environment file, by variable name (see `secretsOf`). */
export type Secrets = Readonly<Record<string, string>>;

/** Order of files in everything that is rendered: by path, so that the same input gives the same list. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}
