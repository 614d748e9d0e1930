import path from "node:path";
import type { Renewal } from "@matriarch/pki";
import { type Diagnostic, parseEnvironment, secretsOf } from "@matriarch/topology";
import { readBefore } from "../change/before.ts";
import { type PlanStep, tellSteps } from "../change/plan.ts";
import type { Change } from "../diff/change.ts";
import { compareBundle, secretsIn } from "../diff/compare.ts";
import { formatChanges } from "../diff/format.ts";
import type { ExitCode } from "../exit-code.ts";
import { readBundleState } from "../io/bundle-state.ts";
import { readBroughtAuthority, readBundle } from "../io/bundle-store.ts";
import { readStoredGeneration } from "../io/stored-generation.ts";
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
  /** What `./cluster up` would do to members that were applied. */
  readonly steps: readonly PlanStep[];
}

/** Compares a bundle with what `render` with the same arguments would make of it. Writes nothing. */
export async function findDrift(file: string, { out, renew }: Comparison): Promise<Drift> {
  const source = await readSource(file);
  const stored = await readBundle(out);
  const environment = { text: stored.environment, file: path.join(out, ".env") };
  const before = readBefore(await readStoredGeneration(out));
  const read = readTopology(source, environment, "fill", before.ledger);
  const brought = read.topology === undefined ? [] : await readBroughtAuthority(read.topology, path.dirname(file));
  const pki = new Map([...stored.pki, ...brought]);
  const { planned, diagnostics } = planBundle(read, {
    environment,
    pki,
    before,
    renewal: renew ?? "none",
    now: Date.now(),
    keys: signer,
    generatePassword,
    version,
  });
  if (read.topology === undefined || planned === undefined) return { diagnostics, changes: null, steps: [] };
  const paths = secretsIn(planned).map((secret) => secret.path);
  const { values } = parseEnvironment(environment.text, environment.file);
  const passwords = secretsOf(read.topology).map(({ variable }) => values[variable] ?? "");
  return { diagnostics, changes: compareBundle(planned, await readBundleState(out, paths), pki, passwords), steps: planned.steps };
}

/** Says what `render` with the same arguments would change. */
export async function diff(file: string, options: DiffOptions): Promise<ExitCode> {
  const { out, format, quiet, verbose } = options;
  const { diagnostics, changes, steps } = await findDrift(file, options);
  if (changes === null) {
    printReport({ diagnostics, notes: ["Nothing was compared."], details: { drift: null } }, options);
    return 1;
  }
  const drift = changes.length > 0;
  if (format === "json") print(formatReport({ diagnostics, details: { drift, out, changes, steps } }, format));
  else if (!quiet) {
    if (verbose) print(`${formatReport({ diagnostics }, format)}\n`);
    if (drift) print([formatChanges(changes), ...tellSteps(steps).map((line) => `${line}\n`)].join(""));
    else print(`No drift: ${out} is what the topology gives.\n`);
  }
  return drift ? 1 : 0;
}
