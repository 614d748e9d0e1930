import { dayOf, endsSoon } from "../calendar.ts";
import { sameBytes } from "../der/bytes.ts";
import { type CertificateFacts, inspect } from "../inspect/inspect.ts";
import { encodeSubject } from "../issue/certificate.ts";
import { leafKeyUsage } from "../issue/issue.ts";
import { certificatePath, keyPath, type LeafRequest } from "../model.ts";
import { formatName } from "../names.ts";
import { describePublicKey } from "../public-key.ts";
import type { AuthorityState } from "./authority.ts";
import type { IssuerIdentity } from "./authority-facts.ts";
import { type Circumstances, type Decision, keep, type Reason } from "./decision.ts";
import { inBundle, type Problem } from "./problems.ts";

/** Days before its end from which a certificate counts as expiring; a short-lived one in its last third. */
const EXPIRES_SOON_DAYS = 30;

/** What a certificate is held against. */
interface Wanted {
  readonly request: LeafRequest;
  readonly issuer: IssuerIdentity | null;
  readonly publicKey: Uint8Array;
  readonly now: number;
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((value) => b.includes(value));

// Why a certificate that is there is not good enough, the plainest reason first.
const FAULTS: readonly (readonly [Reason, (facts: CertificateFacts, wanted: Wanted) => boolean])[] = [
  ["not-yet-valid", ({ notBefore }, { now }) => notBefore > now],
  ["expired", ({ notAfter }, { now }) => notAfter <= now],
  ["key-differs", (facts, { publicKey }) => !sameBytes(facts.publicKey, publicKey)],
  ["issuer-differs", ({ issuerDer, authorityKeyId }, { issuer }) => !isIssuedBy(issuer, issuerDer, authorityKeyId)],
  ["subject-differs", ({ subjectDer }, { request }) => !sameBytes(subjectDer, encodeSubject(request.subject))],
  ["names-differ", ({ names }, { request }) => !sameSet(names, request.names.map(formatName))],
  [
    "uses-differ",
    (facts, { request, publicKey }) =>
      facts.isAuthority || !sameSet(facts.uses, request.uses) || !sameSet(facts.keyUsage, leafKeyUsage(request.uses, publicKey)),
  ],
];

function isIssuedBy(issuer: IssuerIdentity | null, issuerDer: Uint8Array, keyId: Uint8Array | null): boolean {
  return issuer !== null && keyId !== null && sameBytes(issuer.subject, issuerDer) && sameBytes(issuer.keyId, keyId);
}

interface Outcome {
  readonly decision: Decision;
  readonly problems: readonly Problem[];
}

/** Decides on one certificate: a good one stays, a key that exists is kept in any case. */
export function reconcileLeaf(request: LeafRequest, authority: AuthorityState, circumstances: Circumstances): Outcome {
  if (authority.signs === "unusable") return { decision: keep(request.path, "blocked"), problems: [] };
  const outcome = judgePair(request, authority.identity, circumstances);
  // A CA key that is kept elsewhere is missed only when there is something to sign.
  return outcome.decision.action === "keep" || authority.signs === "ready"
    ? outcome
    : blocked(request.path, "authority-key-missing", certificatePath(request.path));
}

const blocked = (path: string, code: Problem["code"], about: string): Outcome => ({
  decision: keep(path, "blocked"),
  problems: [{ code, about: inBundle(about) }],
});

function judgePair(request: LeafRequest, issuer: IssuerIdentity | null, circumstances: Circumstances): Outcome {
  const { existing, keys, keyType } = circumstances;
  const { path } = request;
  const certificate = existing.get(certificatePath(path));
  const privateKey = existing.get(keyPath(path));
  if (privateKey === undefined) {
    return certificate === undefined
      ? { decision: { path, action: "issue", reason: "missing", key: "new" }, problems: [] }
      : blocked(path, "private-key-missing", keyPath(path));
  }
  const publicKey = keys.publicKeyOf(privateKey);
  if (publicKey === null) return blocked(path, "private-key-unreadable", keyPath(path));
  const { type } = describePublicKey(publicKey);
  const otherType: Problem[] = type === keyType ? [] : [{ code: "key-type-differs", about: `${inBundle(keyPath(path))} (${type})` }];
  if (certificate === undefined) {
    return { decision: { path, action: "issue", reason: "certificate-missing", key: "existing" }, problems: otherType };
  }
  const { decision, problems } = judgeCertificate(certificate, { request, issuer, publicKey, now: circumstances.now }, circumstances);
  return { decision, problems: [...otherType, ...problems] };
}

function judgeCertificate(pem: string, wanted: Wanted, { renewal, now }: Circumstances): Outcome {
  const { path } = wanted.request;
  const renew = (reason: Reason): Outcome => ({ decision: { path, action: "renew", reason, key: "existing" }, problems: [] });
  const inspection = inspect(pem);
  if (!inspection.ok) return renew("certificate-unreadable");
  const { facts } = inspection;
  const fault = FAULTS.find(([, isFaulty]) => isFaulty(facts, wanted));
  if (fault !== undefined) return renew(fault[0]);
  if (renewal === "all") return renew("asked");
  if (!endsSoon(facts, now, EXPIRES_SOON_DAYS)) return { decision: keep(path, "valid"), problems: [] };
  return renewal === "expiring"
    ? renew("expiring")
    : {
        decision: keep(path, "valid"),
        problems: [{ code: "certificate-expires-soon", about: `${inBundle(certificatePath(path))} on ${dayOf(facts.notAfter)}` }],
      };
}
