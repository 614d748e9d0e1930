import { fileURLToPath } from "node:url";
import { type Topology, quoteValue, secretsOf } from "@matriarch/topology";
import { exampleTextApart } from "@matriarch/topology/testing";

/** The program that users run. */
export const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));

/** Names of its own: a cluster that somebody runs from the same example is neither used nor destroyed. */
export function scopeOf(example: string): string {
  return `matriarch-check-${example}`;
}

/** The example in networks that no other bundle has. */
export function topologyText(example: string, place: number): string {
  return exampleTextApart(example, "100.127", 10 * place);
}

/** In every password, and nowhere else. */
export const SECRET_MARK = "opensesame";

/** What each file format has its own opinion about. */
const HOSTILE = `it's "a" \\ $HOME \${X} $$ #;,:%{{x}}=\u00E9`;

/** An environment file whose every password is as hostile as can be. */
export function hostileEnvironment(scope: string, topology: Topology): string {
  const lines = secretsOf(topology).map(({ variable }) => `${variable}=${quoteValue(`${SECRET_MARK} ${variable} ${HOSTILE}`)}\n`);
  return [`SCOPE=${scope}\n`, ...lines].join("");
}
