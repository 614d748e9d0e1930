import path from "node:path";
import type { Renewal } from "@matriarch/pki";
import { type Bundle, IN_FORCE } from "../bundle.ts";
import { readBefore } from "../change/before.ts";
import { tellSteps } from "../change/plan.ts";
import type { ExitCode } from "../exit-code.ts";
import { readBundle, readBroughtAuthority, writeBundle } from "../io/bundle-store.ts";
import { readStoredGeneration } from "../io/stored-generation.ts";
import { generatePassword } from "../io/password.ts";
import { signer } from "../io/signer.ts";
import { readSource } from "../io/source.ts";
import { manifestOf } from "../manifest.ts";
import { makeBundle, readTopology } from "../pipeline.ts";
import type { Format } from "../report/report.ts";
import { version } from "../version.ts";
import { type Verbosity, printReport } from "./output.ts";

interface RenderOptions extends Verbosity {
  readonly out: string;
  readonly force: boolean;
  /** `false`: a blank password is an error. */
  readonly generate: boolean;
  readonly renew?: Exclude<Renewal, "none">;
  readonly format: Format;
}

/** Writes the bundle of a topology; nothing is written when there is an error among the findings. */
export async function render(file: string, options: RenderOptions): Promise<ExitCode> {
  const source = await readSource(file);
  const stored = await readBundle(options.out);
  const environment = { text: stored.environment, file: path.join(options.out, ".env") };
  const before = readBefore(await readStoredGeneration(options.out));
  const read = readTopology(source, environment, options.generate ? "fill" : "refuse", before.ledger);
  const brought = read.topology === undefined ? [] : await readBroughtAuthority(read.topology, path.dirname(file));
  const {
    bundle,
    steps = [],
    diagnostics,
  } = makeBundle(read, {
    environment,
    pki: new Map([...stored.pki, ...brought]),
    before,
    renewal: options.renew ?? "none",
    now: Date.now(),
    signer,
    generatePassword,
    version,
  });
  if (read.topology === undefined || bundle === undefined) {
    printReport({ diagnostics, notes: ["Nothing was written."], details: { written: false } }, options);
    return 1;
  }
  await writeBundle(options.out, bundle, manifestOf(bundle.rendered, read.topology.scope, version), {
    force: options.force,
    before: stored,
  });
  const issued = bundle.pki.filter(({ path: name }) => name.endsWith(".crt")).map(({ path: name }) => name);
  const notes = [
    ...(options.verbose ? listed(bundle) : []),
    `Wrote ${options.out}: ${bundle.rendered.length} files, ${issued.length} certificates issued.`,
    ...tellSteps(steps),
    `Next: ${path.join(options.out, "cluster")} up`,
  ];
  const details = { written: true, out: options.out, files: bundle.rendered.length, certificates: issued.length, steps };
  printReport({ diagnostics, notes, details }, options);
  return 0;
}

/** Every file, from the bundle's root; those of secrets and keys by their names only, like the others. */
function listed({ rendered, secrets, pki }: Bundle): string[] {
  return [
    ...rendered.map(({ path: name }) => `${IN_FORCE}/${name}`),
    ...secrets.map(({ path: name }) => `secrets/${name}`),
    ...pki.map(({ path: name }) => `pki/${name} (new)`),
  ];
}
