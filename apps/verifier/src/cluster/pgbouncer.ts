import { SECRETS } from "@matriarch/topology";
import type { BundleMember } from "./bundle.ts";
import { environmentValue } from "./environment.ts";
import type { Looks } from "./looks.ts";

/** The password comes on standard input: an argument or a variable could be read by others. */
const CONSOLE = 'IFS= read -r PGPASSWORD; export PGPASSWORD; exec psql -X -A -c "$0"';

/** What PgBouncer's console answers, row by row, by column. Throws when it refuses. */
export async function askConsole(cluster: Looks, pooler: BundleMember, command: string): Promise<Readonly<Record<string, string>>[]> {
  const password = await environmentValue(cluster.facts, SECRETS.poolerConsole.variable);
  const { exitCode, stdout, stderr } = await cluster.run(pooler, ["sh", "-c", CONSOLE, command], `${password}\n`);
  if (exitCode !== 0) throw new Error(`${pooler.name}: ${command}: ${stderr}`);
  const [head = "", ...lines] = stdout.split("\n").filter((line) => line !== "" && !/^\(\d+ rows?\)$/.test(line));
  const columns = head.split("|");
  return lines.map((line) => Object.fromEntries(line.split("|").map((cell, at) => [columns[at] ?? "", cell])));
}
