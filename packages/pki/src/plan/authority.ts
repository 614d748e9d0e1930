import { dayOf, endsSoon } from "../calendar.ts";
import { sameBytes } from "../der/bytes.ts";
import type { NameConstraints } from "../inspect/name-constraints.ts";
import { encodeSubject } from "../issue/certificate.ts";
import { type AuthorityRequest, certificatePath, keyPath } from "../model.ts";
import { describePublicKey } from "../public-key.ts";
import { type IssuerIdentity, readAuthority } from "./authority-facts.ts";
import { type Circumstances, type Decision, keep } from "./decision.ts";
import { inBundle, type Problem } from "./problems.ts";

/** An authority, and what can be expected of it. */
export interface AuthorityState {
  readonly request: AuthorityRequest;
  readonly decision: Decision;
  readonly problems: readonly Problem[];
  /** `null` while its key is still to be made: nothing that exists can be its work. */
  readonly identity: IssuerIdentity | null;
  /** `unusable`: its problems are told, and nothing below it is decided. */
  readonly signs: "ready" | "without-key" | "unusable";
  /** For which names it may sign; empty for one that Matriarch makes. */
  readonly constraints: readonly NameConstraints[];
}

/** Names as the user knows them: those of the topology for an authority that is brought along. */
export function filesOf({ broughtAlong, path }: AuthorityRequest): { readonly certificate: string; readonly key: string } {
  return broughtAlong ?? { certificate: inBundle(certificatePath(path)), key: inBundle(keyPath(path)) };
}

/**
 * Decides on one authority. One that exists is never replaced.
 * @param dependents files that exist only if the authority did: what it signed, copies of its certificate
 */
export function reconcileAuthority(request: AuthorityRequest, dependents: readonly string[], circumstances: Circumstances): AuthorityState {
  const pem = circumstances.existing.get(certificatePath(request.path));
  return pem === undefined ? withoutCertificate(request, dependents, circumstances) : withCertificate(request, pem, circumstances);
}

const unusable = (request: AuthorityRequest, code: Problem["code"], about: string): AuthorityState => ({
  request,
  decision: keep(request.path, "blocked"),
  problems: [{ code, about }],
  identity: null,
  signs: "unusable",
  constraints: [],
});

function withoutCertificate(request: AuthorityRequest, dependents: readonly string[], { existing, keys }: Circumstances): AuthorityState {
  const files = filesOf(request);
  const privateKey = existing.get(keyPath(request.path));
  const isLost = privateKey === undefined && dependents.some((path) => existing.has(path));
  if (request.broughtAlong !== null || isLost) return unusable(request, "authority-missing", files.certificate);
  if (privateKey === undefined) {
    return {
      request,
      decision: { path: request.path, action: "issue", reason: "missing", key: "new" },
      problems: [],
      identity: null,
      signs: "ready",
      constraints: [],
    };
  }
  const publicKey = keys.publicKeyOf(privateKey);
  if (publicKey === null) return unusable(request, "private-key-unreadable", files.key);
  const { algorithm, keyId } = describePublicKey(publicKey);
  if (algorithm === "other") return unusable(request, "authority-unfit", `${files.key}: it is neither EC nor RSA`);
  return {
    request,
    decision: { path: request.path, action: "issue", reason: "certificate-missing", key: "existing" },
    problems: [],
    identity: { subject: encodeSubject(request.subject), keyId },
    signs: "ready",
    constraints: [],
  };
}

function withCertificate(request: AuthorityRequest, pem: string, { existing, now, keys, leafDays }: Circumstances): AuthorityState {
  const files = filesOf(request);
  const reading = readAuthority(pem, now, keys.isSignedBy);
  if ("flaw" in reading) return unusable(request, reading.code, `${files.certificate}: ${reading.flaw}`);
  const { facts } = reading;
  if (facts.notAfter <= now) return unusable(request, "authority-expired", `${files.certificate} on ${dayOf(facts.notAfter)}`);
  const privateKey = existing.get(keyPath(request.path));
  const publicKey = privateKey === undefined ? undefined : keys.publicKeyOf(privateKey);
  if (publicKey === null) return unusable(request, "private-key-unreadable", files.key);
  if (publicKey !== undefined && !sameBytes(publicKey, facts.publicKey)) return unusable(request, "authority-key-mismatch", files.key);
  return {
    request,
    decision: keep(request.path, "valid"),
    problems: endsSoon(facts, now, leafDays)
      ? [{ code: "authority-expires-soon", about: `${files.certificate} on ${dayOf(facts.notAfter)}` }]
      : [],
    identity: facts,
    signs: publicKey === undefined ? "without-key" : "ready",
    constraints: facts.constraints,
  };
}
