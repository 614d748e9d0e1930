import type { PkiFile } from "@matriarch/pki";
import type { RenderedFile } from "@matriarch/topology";

/** What `manifest.json` holds: which version wrote which bytes. */
export interface Manifest {
  readonly matriarch: string;
  readonly scope: string;
  /** SHA-256 of each rendered file, by path, sorted. */
  readonly files: Readonly<Record<string, string>>;
}

/** A file that holds a secret, in the format of whoever reads it. */
export interface SecretOverlay {
  /** Relative to the bundle's `secrets` folder. */
  readonly path: string;
  readonly content: string;
  readonly mode: 0o400 | 0o600;
  /** Numeric user and group of the daemon; `null`: a person, whoever writes the bundle. */
  readonly owner: number | null;
  /** Keeps what it replaces beside it, as `<path>.before`, until `./cluster up` has put the new one in force. */
  readonly keepsBefore?: boolean;
}

/** Everything one topology becomes. Only `rendered` is the same for the same topology; the rest holds secrets or chance. */
export interface Bundle {
  readonly rendered: readonly RenderedFile[];
  readonly secrets: readonly SecretOverlay[];
  /** Only what is new or renewed: what exists and stays is not in it. */
  readonly pki: readonly PkiFile[];
  /** The environment file: what was there, and a value for each password that was blank. */
  readonly environment: string;
  /** What each member was given once: names, volumes, addresses. Kept like keys. */
  readonly ledger: string;
  /** What `./cluster up` does to put `rendered` in force, and from where. */
  readonly change: string;
  /** Facts of what an older version applied, to be kept with what was applied; `null` where they are there. */
  readonly adopted: string | null;
}

/** Rendered files that a person looks for at the top of the bundle. */
export const FRONT_FILES = ["README.md", "compose.yaml", "cluster", ".env.example", "pg_service.conf"] as const;

/** What each member was given once. */
export const LEDGER_FILE = "ledger.json";

/** Where the rendered files of the moment are, from the bundle's root. */
export const IN_FORCE = "rendered/current";
