import { formatInventory } from "../certificates/format.ts";
import { type InventoryEntry, expiresWithin, takeInventory } from "../certificates/inventory.ts";
import type { ExitCode } from "../exit-code.ts";
import { readBundle } from "../io/bundle-store.ts";
import { OperationError } from "../io/errors.ts";
import { signer } from "../io/signer.ts";
import type { Format } from "../report/formats.ts";
import { type Verbosity, print } from "./output.ts";

interface CertsOptions extends Verbosity {
  /** Days. */
  readonly within?: number;
  readonly format: Format;
}

function summarise(entries: readonly InventoryEntry[], troubled: number, expiring: number, within: number | undefined): string {
  const parts = [
    `${entries.length} certificate${entries.length === 1 ? "" : "s"}`,
    troubled === 0 ? "no problems" : `${troubled} with problems`,
    ...(within === undefined ? [] : [`${expiring === 0 ? "none" : expiring} with less than ${within} days left`]),
  ];
  return `${parts.join(", ")}.\n`;
}

/** Lists the certificates of a bundle. Exit code 1 where one has a problem, or ends within the days that were asked for. */
export async function certs(folder: string, options: CertsOptions): Promise<ExitCode> {
  const { within, format, quiet, verbose } = options;
  const now = Date.now();
  const entries = takeInventory((await readBundle(folder)).pki, now, signer.publicKeyOf);
  if (entries.length === 0) {
    throw new OperationError(`${folder}: there are no certificates in its pki folder. Name the folder of a bundle, as for render --out.`);
  }
  const expiring = within === undefined ? [] : entries.filter((entry) => expiresWithin(entry, within, now));
  const troubled = entries.filter(({ problems }) => problems.length > 0);
  const concerned = entries.filter((entry) => troubled.includes(entry) || expiring.includes(entry));
  const ok = concerned.length === 0;
  if (format === "json")
    print(
      `${JSON.stringify({ ok, within: within ?? null, certificates: entries.map((entry) => ({ ...entry, expiring: expiring.includes(entry) })) }, null, 2)}\n`,
    );
  else if (!quiet) print(`${formatInventory(entries, verbose ?? false)}${summarise(entries, troubled.length, expiring.length, within)}`);
  else if (!ok) print(formatInventory(concerned, false));
  return ok ? 0 : 1;
}
