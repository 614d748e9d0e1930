import path from "node:path";
import type { Renewal } from "@matriarch/pki";
import type { ExitCode } from "../exit-code.ts";
import { readBundle, readBroughtAuthority, writeBundle } from "../io/bundle-store.ts";
import { generatePassword } from "../io/password.ts";
import { signer } from "../io/signer.ts";
import { readSource } from "../io/source.ts";
import { manifestOf } from "../manifest.ts";
import { makeBundle, readTopology } from "../pipeline.ts";
import { type Format, formatReport } from "../report/report.ts";
import { version } from "../version.ts";
import { print } from "./output.ts";

interface RenderOptions {
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
  const read = readTopology(source, environment, options.generate ? "fill" : "refuse");
  const brought = read.topology === undefined ? [] : await readBroughtAuthority(read.topology, path.dirname(file));
  const { bundle, diagnostics } = makeBundle(read, {
    environment,
    pki: new Map([...stored.pki, ...brought]),
    renewal: options.renew ?? "none",
    now: Date.now(),
    signer,
    generatePassword,
    version,
  });
  if (read.topology === undefined || bundle === undefined) {
    print(formatReport({ diagnostics, notes: ["Nothing was written."], details: { written: false } }, options.format));
    return 1;
  }
  await writeBundle(options.out, bundle, manifestOf(bundle.rendered, read.topology.scope, version), {
    force: options.force,
    environmentBefore: stored.environment,
  });
  const issued = bundle.pki.filter(({ path: name }) => name.endsWith(".crt")).length;
  const notes = [
    `Wrote ${options.out}: ${bundle.rendered.length} files, ${issued} certificates issued.`,
    `Next: ${path.join(options.out, "cluster")} up`,
  ];
  print(
    formatReport(
      { diagnostics, notes, details: { written: true, out: options.out, files: bundle.rendered.length, certificates: issued } },
      options.format,
    ),
  );
  return 0;
}
