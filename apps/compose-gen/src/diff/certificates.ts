import { type Decision, type PkiPlan, REASONS, copyOf } from "@matriarch/pki";
import type { CertificateChange } from "./change.ts";

const IN_BUNDLE = "pki/";

function decidedChange(suffix: string): (decided: { readonly decision: Decision }) => CertificateChange[] {
  return ({ decision }) =>
    decision.action === "keep"
      ? []
      : [
          {
            kind: "certificate",
            path: `${IN_BUNDLE}${decision.path}${suffix}`,
            change: decision.action,
            reason: REASONS[decision.reason],
            key: decision.key,
          },
        ];
}

/** Copies whose source is to be issued, or which are not there or hold something else. */
function copyChanges({ copies }: PkiPlan, existing: ReadonlyMap<string, string>, issued: ReadonlySet<string>): CertificateChange[] {
  return copies
    .filter(({ from, to, kind }) => {
      const source = existing.get(from);
      return issued.has(`${IN_BUNDLE}${from}`) || source === undefined || existing.get(to) !== copyOf(kind, source);
    })
    .map(({ from, to }) => ({
      kind: "certificate",
      path: `${IN_BUNDLE}${to}`,
      change: "copy",
      reason: `a copy of ${IN_BUNDLE}${from}`,
      key: "existing",
    }));
}

/** What carrying out a plan would write, except for private keys: they are named with what belongs to them. */
export function certificateChanges(plan: PkiPlan, existing: ReadonlyMap<string, string>): CertificateChange[] {
  const decided = [
    ...[...plan.authorities, ...plan.leaves].flatMap(decidedChange(".crt")),
    // A key pair is decided by the path of its private half.
    ...plan.keyPairs.flatMap(decidedChange("")),
  ];
  return [...decided, ...copyChanges(plan, existing, new Set(decided.map(({ path }) => path)))];
}
