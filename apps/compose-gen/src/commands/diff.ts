import path from "node:path";
import type { Renewal } from "@matriarch/pki";
import { type Diagnostic, parseEnvironment, secretsOf } from "@matriarch/topology";
import type { Change } from "../diff/change.ts";
import { compareBundle, secretsIn } from "../diff/compare.ts";
import { formatChanges } from "../diff/format.ts";
import type { ExitCode } from "../exit-code.ts";
import { readBundleState } from "../io/bundle-state.ts";
import { readBroughtAuthority, readBundle } from "../io/bundle-store.ts";
import { generatePassword } from "../io/password.ts";
import { signer } from "../io/signer.ts";
import { readSource } from "../io/source.ts";
import { planBundle, readTopology } from "../pipeline.ts";
import { type Format, formatReport } from "../report/report.ts";
import { version } from "../version.ts";
import { type Verbosity, print, printReport } from "./output.ts";

interface Comparison {
  readonly out: string;
  readonly renew?: Exclude<Renewal, "none">;
}

interface DiffOptions extends Comparison, Verbosity {
  readonly format: Format;
}

export interface Drift {
  readonly diagnostics: readonly Diagnostic[];
  /** What rendering would do, empty where nothing; `null` where the topology has errors and nothing was compared. */
  readonly changes: readonly Change[] | null;
}

/** Compares a bundle with what `render` with the same arguments would make of it. Writes nothing. */
export async function findDrift(file: string, { out, renew }: Comparison): Promise<Drift> {
  const source = await readSource(file);
  const stored = await readBundle(out);
  const environment = { text: stored.environment, file: path.join(out, ".env") };
  const read = readTopology(source, environment, "fill");
  const brought = read.topology === undefined ? [] : await readBroughtAuthority(read.topology, path.dirname(file));
  const pki = new Map([...stored.pki, ...brought]);
  const { planned, diagnostics } = planBundle(read, {
    environment,
    pki,
    renewal: renew ?? "none",
    now: Date.now(),
    keys: signer,
    generatePassword,
    version,
  });
  if (read.topology === undefined || planned === undefined) return { diagnostics, changes: null };
  const paths = secretsIn(planned).map((secret) => secret.path);
  const { values } = parseEnvironment(environment.text, environment.file);
  const passwords = secretsOf(read.topology).map(({ variable }) => values[variable] ?? "");
  return { diagnostics, changes: compareBundle(planned, await readBundleState(out, paths), pki, passwords) };
}

/** Says what `render` with the same arguments would change. */
export async function diff(file: string, options: DiffOptions): Promise<ExitCode> {
  const { out, format, quiet, verbose } = options;
  const { diagnostics, changes } = await findDrift(file, options);
  if (changes === null) {
    printReport({ diagnostics, notes: ["Nothing was compared."], details: { drift: null } }, options);
    return 1;
  }
  const drift = changes.length > 0;
  if (format === "json") print(formatReport({ diagnostics, details: { drift, out, changes } }, format));
  else if (!quiet) {
    if (verbose) print(`${formatReport({ diagnostics }, format)}\n`);
    print(drift ? formatChanges(changes) : `No drift: ${out} is what the topology gives.\n`);
  }
  return drift ? 1 : 0;
}
