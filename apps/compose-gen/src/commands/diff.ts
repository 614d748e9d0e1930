import path from "node:path";
import type { Renewal } from "@matriarch/pki";
import { parseEnvironment, secretsOf } from "@matriarch/topology";
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

interface DiffOptions extends Verbosity {
  readonly out: string;
  readonly renew?: Exclude<Renewal, "none">;
  readonly format: Format;
}

/** Says what `render` with the same arguments would change, and writes nothing. */
export async function diff(file: string, options: DiffOptions): Promise<ExitCode> {
  const { out, format, quiet, verbose } = options;
  const source = await readSource(file);
  const stored = await readBundle(out);
  const environment = { text: stored.environment, file: path.join(out, ".env") };
  const read = readTopology(source, environment, "fill");
  const brought = read.topology === undefined ? [] : await readBroughtAuthority(read.topology, path.dirname(file));
  const pki = new Map([...stored.pki, ...brought]);
  const { planned, diagnostics } = planBundle(read, {
    environment,
    pki,
    renewal: options.renew ?? "none",
    now: Date.now(),
    publicKeyOf: signer.publicKeyOf,
    generatePassword,
    version,
  });
  if (read.topology === undefined || planned === undefined) {
    printReport({ diagnostics, notes: ["Nothing was compared."], details: { drift: null } }, options);
    return 1;
  }
  const state = await readBundleState(
    out,
    secretsIn(planned).map((secret) => secret.path),
  );
  const { values } = parseEnvironment(environment.text, environment.file);
  const passwords = secretsOf(read.topology).map(({ variable }) => values[variable] ?? "");
  const changes = compareBundle(planned, state, pki, passwords);
  const drift = changes.length > 0;
  if (format === "json") print(formatReport({ diagnostics, details: { drift, out, changes } }, format));
  else if (!quiet) {
    if (verbose) print(`${formatReport({ diagnostics }, format)}\n`);
    print(drift ? formatChanges(changes) : `No drift: ${out} is what the topology gives.\n`);
  }
  return drift ? 1 : 0;
}
