import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";

/**
 * YAML as the daemons read it: PyYAML knows 1.1, go-yaml a mixture of 1.1 and 1.2. Throws when the two would not read the
 * same.
 */
export function readYaml(text: string): unknown {
  const [older, newer]: unknown[] = (["1.1", "1.2"] as const).map((version) => parse(text, { version }));
  if (!isDeepStrictEqual(older, newer)) throw new SyntaxError(`YAML 1.1 and 1.2 differ on ${text}`);
  return newer;
}
