import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import type { BundleFacts } from "./bundle.ts";
import type { KeyPair } from "./identity.ts";

/** A certificate to be signed. */
interface LeafRequest {
  /** As OpenSSL writes it: `/O=scope/CN=role`. */
  readonly subject: string;
  /** Days from now; it may lie in the past. */
  readonly from: number;
  readonly until: number;
}

const DAY = 86_400_000;
const ELLIPTIC = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

/**
 * A name of the kind that strict readers want, and that etcd does not look up: its peers compare names of hosts with
 * whence a client comes.
 *
 * `openssl ca` takes both ends of the time in which a certificate is valid; it wants a register, and takes nothing that no policy lets through.
 */
const SETTINGS = `[ca]
default_ca = throw_away
[throw_away]
database = register
rand_serial = yes
new_certs_dir = .
default_md = sha256
policy = anything
unique_subject = no
[anything]
organizationName = optional
commonName = optional
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth, serverAuth
subjectAltName = email:nobody@example.invalid
authorityKeyIdentifier = keyid
subjectKeyIdentifier = hash
`;

async function inScratch<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(path.join(tmpdir(), "matriarch-authority-"));
  try {
    await writeFile(path.join(folder, "settings"), SETTINGS);
    await writeFile(path.join(folder, "register"), "");
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function openssl(cwd: string, ...args: string[]): Promise<void> {
  await execa("openssl", args, { cwd, stdin: "ignore" });
}

/** A moment as certificates write it. */
function moment(days: number): string {
  const digits = new Date(Date.now() + days * DAY).toISOString().replaceAll(/\D/g, "");
  return `${digits.slice(0, 14)}Z`;
}

/** Signs with `ca.crt` and `ca.key` in the folder. */
async function signLeaf(folder: string, { subject, from, until }: LeafRequest): Promise<KeyPair> {
  await openssl(folder, "req", "-new", ...ELLIPTIC, "-subj", subject, "-keyout", "leaf.key", "-out", "leaf.csr");
  const signer = ["-cert", "ca.crt", "-keyfile", "ca.key", "-extensions", "leaf"];
  const dates = ["-startdate", moment(from), "-enddate", moment(until)];
  await openssl(folder, "ca", "-batch", "-notext", "-config", "settings", ...signer, ...dates, "-in", "leaf.csr", "-out", "leaf.crt");
  const read = (file: string) => readFile(path.join(folder, file), "utf8");
  return { cert: await read("leaf.crt"), key: await read("leaf.key") };
}

/** A valid certificate of that subject, of an authority that was made for it and that nobody knows. */
export function foreignKeyPair(subject: string): Promise<KeyPair> {
  return inScratch(async (folder) => {
    await openssl(
      folder,
      "req",
      "-x509",
      ...ELLIPTIC,
      "-subj",
      "/O=foreign/CN=foreign CA",
      "-days",
      "2",
      "-keyout",
      "ca.key",
      "-out",
      "ca.crt",
    );
    return signLeaf(folder, { subject, from: -1, until: 1 });
  });
}

/** A certificate of the bundle's own authority. `null` where the bundle does not hold the authority's key. */
export async function keyPairOf({ directory }: BundleFacts, authority: string, leaf: LeafRequest): Promise<KeyPair | null> {
  const file = (ending: string) => path.join(directory, "pki/ca", `${authority}.${ending}`);
  const [cert, key] = await Promise.all(["crt", "key"].map((ending) => readFile(file(ending)).catch(() => null)));
  if (!cert || !key) return null;
  return inScratch(async (folder) => {
    await writeFile(path.join(folder, "ca.crt"), cert);
    await writeFile(path.join(folder, "ca.key"), key, { mode: 0o600 });
    return signLeaf(folder, leaf);
  });
}
