interface Named {
  readonly path: string;
  readonly content: string;
}

/**
 * The files that are goldens: of those that several members get, name and content the same, the first stands for all. One
 * that begins to differ is a golden of its own then, and is missing until somebody has read it.
 */
export function withoutTwins<File extends Named>(files: readonly File[]): File[] {
  const key = ({ path, content }: Named) => `${path.slice(path.lastIndexOf("/") + 1)}\n${content}`;
  const first = new Map(files.toReversed().map((file) => [key(file), file]));
  return files.filter((file) => first.get(key(file)) === file);
}
