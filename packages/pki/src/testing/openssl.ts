import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A certificate and its key as somebody else would make them. */
export interface Foreign {
  readonly certificate: string;
  readonly key: string;
}

export interface SelfSigned {
  /** Arguments of `-newkey`. */
  readonly newkey: readonly string[];
  readonly subject: string;
  readonly extensions?: readonly string[];
  readonly days?: number;
}

export const EC_KEY = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"] as const;

/** A self-signed certificate from OpenSSL, valid from now on; a CA unless the extensions say otherwise. */
export function selfSigned({ newkey, subject, extensions = [], days = 3650 }: SelfSigned): Foreign {
  const added = extensions.flatMap((extension) => ["-addext", extension]);
  const options = ["-x509", "-nodes", "-utf8", "-days", String(days), "-subj", subject, ...added];
  const text = execFileSync("openssl", ["req", "-newkey", ...newkey, "-keyout", "-", "-out", "-", ...options], {
    encoding: "utf8",
    stdio: "pipe",
  });
  return { certificate: block(text, "CERTIFICATE"), key: block(text, "PRIVATE KEY") };
}

function block(text: string, label: string): string {
  const found = new RegExp(`-----BEGIN ${label}-----[^-]*-----END ${label}-----\n`).exec(text);
  if (found === null) throw new Error(`no ${label} in what OpenSSL wrote`);
  return found[0];
}

export type Purpose = "sslserver" | "sslclient" | "any";

/**
 * OpenSSL's own word on certificates, with RFC 5280 taken strictly. Throws when one is refused.
 * @param at milliseconds since 1970
 */
export function opensslVerify(authority: string, purpose: Purpose, certificates: readonly string[], at: number): void {
  const folder = mkdtempSync(join(tmpdir(), "matriarch-pki-"));
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  try {
    const ca = write("ca.crt", authority);
    const leaves = certificates.map((text, index) => write(`${index}.crt`, text));
    const options = ["-x509_strict", "-check_ss_sig", "-attime", String(Math.floor(at / 1000)), "-purpose", purpose, "-CAfile", ca];
    execFileSync("openssl", ["verify", ...options, ...leaves], { stdio: "pipe" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
