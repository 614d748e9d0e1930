import { type Authority, hasErrors } from "@matriarch/topology";
import { decodePem, encodePem } from "./der/pem.ts";
import type { SigningKey } from "./issue/certificate.ts";
import { type Issuer, issueAuthority, issueLeaf } from "./issue/issue.ts";
import {
  type AuthorityRequest,
  certificatePath,
  type Copy,
  type Existing,
  type KeyPairRequest,
  keyPath,
  type KeyType,
  type LeafRequest,
  type PkiFile,
} from "./model.ts";
import { readAuthority } from "./plan/authority-facts.ts";
import { publicKeyPem } from "./plan/key-pair.ts";
import type { Decided, PkiPlan } from "./plan/plan.ts";
import type { Signer } from "./signer.ts";

/** A plan, and what it takes to carry it out. */
export interface IssueInput {
  readonly plan: PkiPlan;
  /** The same as the plan was made from. */
  readonly existing: Existing;
  readonly signer: Signer;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Carries out a plan. Returns the files to write, and only those, in the order to write them: authorities before what
 * they sign, a key before its certificate, so that whatever an interrupted run leaves behind is completed by the next.
 * No file that it returns replaces a private key.
 * @throws RangeError when the plan has errors, or is not a plan for what exists
 */
export function issuePki(input: IssueInput): PkiFile[] {
  const { plan, existing } = input;
  if (hasErrors(plan.findings)) throw new RangeError("a plan with errors is not carried out");
  const authorities = plan.authorities.flatMap((authority) => authorityFiles(authority, input));
  const keyPairs = plan.keyPairs.flatMap((keyPair) => keyPairFiles(keyPair, input));
  const sources: Existing = new Map([...existing, ...[...authorities, ...keyPairs].map(({ path, content }) => [path, content] as const)]);
  const issuers = issuersOf(sources, input);
  const leaves = plan.leaves.flatMap((leaf) => leafFiles(leaf, issuers, input));
  const copies = plan.copies.flatMap((copy) => copyFiles(copy, sources));
  const files = [...authorities, ...keyPairs, ...leaves, ...copies];
  const overwritten = files.find(({ path, mode }) => mode === 0o600 && existing.has(path));
  if (overwritten !== undefined) throw new RangeError(`would overwrite the private key ${overwritten.path}`);
  return files;
}

interface ObtainedKey {
  readonly key: SigningKey;
  /** The private key's file, when it is new. */
  readonly files: readonly PkiFile[];
}

function obtainKey(
  path: string,
  source: "new" | "existing",
  type: KeyType,
  owner: number | null,
  { existing, signer }: IssueInput,
): ObtainedKey {
  if (source === "new") {
    const key = signer.generateKeyPair(type);
    return { key, files: [{ path, content: key.privateKeyPem, mode: 0o600, owner }] };
  }
  const privateKeyPem = existing.get(path) ?? "";
  const publicKey = signer.publicKeyOf(privateKeyPem);
  if (publicKey === null) throw new RangeError(`no private key in ${path}`);
  return { key: { privateKeyPem, publicKey }, files: [] };
}

const certificateFile = (path: string, content: string, owner: number | null): PkiFile => ({
  path: certificatePath(path),
  content,
  mode: 0o644,
  owner,
});

function authorityFiles({ request, decision }: Decided<AuthorityRequest>, input: IssueInput): PkiFile[] {
  if (decision.action === "keep") return [];
  const { key, files } = obtainKey(keyPath(request.path), decision.key, input.plan.keyType, null, input);
  return [...files, certificateFile(request.path, issueAuthority(request, key, input.plan.caDays, input.now, input.signer), null)];
}

function keyPairFiles({ request, decision }: Decided<KeyPairRequest>, input: IssueInput): PkiFile[] {
  if (decision.action === "keep") return [];
  const { key, files } = obtainKey(request.privatePath, decision.key, request.keyType, null, input);
  return [...files, { path: request.publicPath, content: publicKeyPem(key.publicKey), mode: 0o644, owner: null }];
}

function leafFiles({ request, decision }: Decided<LeafRequest>, issuers: ReadonlyMap<Authority, Issuer>, input: IssueInput): PkiFile[] {
  const issuer = issuers.get(request.authority);
  if (decision.action === "keep" || issuer === undefined) return [];
  const { key, files } = obtainKey(keyPath(request.path), decision.key, input.plan.keyType, request.owner, input);
  const certificate = issueLeaf(request, key.publicKey, issuer, input.plan.leafDays, input.now, input.signer);
  return [...files, certificateFile(request.path, certificate, request.owner)];
}

/** The authorities that have something to sign; the keys of the others may be kept elsewhere. */
function issuersOf(sources: Existing, { plan, now, signer }: IssueInput): Map<Authority, Issuer> {
  const busy = new Set(plan.leaves.filter(({ decision }) => decision.action !== "keep").map(({ request }) => request.authority));
  return new Map(
    plan.authorities
      .filter(({ request }) => busy.has(request.authority))
      .map(({ request }) => {
        const reading = readAuthority(sources.get(certificatePath(request.path)) ?? "", now, signer.isSignedBy);
        if ("flaw" in reading) throw new RangeError(`${request.path}: ${reading.flaw}`);
        const privateKeyPem = sources.get(keyPath(request.path)) ?? "";
        return [request.authority, { ...reading.facts, privateKeyPem }];
      }),
  );
}

function copyFiles({ from, to, kind, owner }: Copy, sources: Existing): PkiFile[] {
  const source = sources.get(from);
  if (source === undefined) throw new RangeError(`nothing to copy: ${from}`);
  const content = copyOf(kind, source);
  return sources.get(to) === content ? [] : [{ path: to, content, mode: kind === "private-key" ? 0o600 : 0o644, owner }];
}

/**
 * What a copy of this text holds. Of an authority's file only the certificates: that of one that is brought along may hold
 * its key as well.
 */
export function copyOf(kind: Copy["kind"], source: string): string {
  if (kind !== "authority") return source;
  return decodePem("CERTIFICATE", source)
    .map((der) => encodePem("CERTIFICATE", der))
    .join("");
}
