import type { PkiFile } from "@matriarch/pki";
import type { Bundle } from "../bundle.ts";
import { type WriteOptions, readBundle, writeBundle } from "../io/bundle-store.ts";
import { manifestOf } from "../manifest.ts";

export const CERTIFICATE: PkiFile = { path: "ca/cluster-ca.crt", content: "certificate", mode: 0o644, owner: null };
export const KEY: PkiFile = { path: "ca/cluster-ca.key", content: "key", mode: 0o600, owner: null };

/** A small bundle for nobody but the user who runs the test; `text` is the content of its files. */
export function bundleOf(text: string, changes: Partial<Bundle> = {}): Bundle {
  const rendered = ["README.md", "compose.yaml", "node1/patroni.yml", "images/etcd/Dockerfile"].map(
    (file) => ({ path: file, content: `${file} ${text}`, mode: 0o444 }) as const,
  );
  const secrets = [{ path: "node1/patroni.yml", content: `secret ${text}`, mode: 0o400, owner: null } as const];
  return { rendered, secrets, pki: [], environment: "A=1\n", ledger: "{}\n", change: "from nothing\n", adopted: null, ...changes };
}

/** Writes a bundle as `render` does: by default over what is there now. */
export async function write(folder: string, bundle: Bundle, options: Partial<WriteOptions> = {}): Promise<void> {
  const before = options.before ?? (await readBundle(folder));
  await writeBundle(folder, bundle, manifestOf(bundle.rendered, "scope", "1.2.3"), { force: options.force ?? false, before });
}
