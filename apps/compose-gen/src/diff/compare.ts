import type { RenderedFile } from "@matriarch/topology";
import { IN_FORCE, LEDGER_FILE, type SecretOverlay } from "../bundle.ts";
import type { BundleState, StoredSecret } from "../io/bundle-state.ts";
import type { PlannedBundle } from "../pipeline.ts";
import { certificateChanges } from "./certificates.ts";
import type { Change, Difference, LedgerChange, LinkChange, RenderedChange, SecretChange } from "./change.ts";
import { unifiedDiff } from "./patch.ts";

function renderedChanges(planned: readonly RenderedFile[], state: BundleState, hidden: readonly string[]): RenderedChange[] {
  const contents = new Map(planned.map(({ path, content }) => [path, content]));
  const paths = [...new Set([...contents.keys(), ...state.rendered.keys()])].toSorted();
  return paths.flatMap((path): RenderedChange[] => {
    const before = state.rendered.get(path)?.content;
    const changedByHand = state.rendered.get(path)?.changedByHand ?? false;
    const after = contents.get(path);
    if (before === after && !changedByHand) return [];
    const change = before === after ? "none" : before === undefined ? "added" : after === undefined ? "removed" : "changed";
    const inBundle = `${IN_FORCE}/${path}`;
    return [
      { kind: "rendered", path: inBundle, change, changedByHand, patch: unifiedDiff(inBundle, before, after, changedByHand ? hidden : []) },
    ];
  });
}

function differences({ content, mode, owner }: SecretOverlay, stored: StoredSecret): Difference[] {
  const differs: Record<Difference, boolean> = {
    content: content !== stored.content,
    mode: mode !== stored.mode,
    owner: owner !== null && stored.owner !== null && owner !== stored.owner,
  };
  return (["content", "mode", "owner"] as const).filter((difference) => differs[difference]);
}

function secretChange(planned: SecretOverlay, state: BundleState, generated: readonly string[] = []): SecretChange[] {
  const { path } = planned;
  const stored = state.secrets.get(path);
  if (stored === undefined) return [{ kind: "secret", path, change: "added", differs: [], generated }];
  const differs = differences(planned, stored);
  return differs.length === 0 ? [] : [{ kind: "secret", path, change: "changed", differs, generated }];
}

function linkChanges(state: BundleState): LinkChange[] {
  return state.links.flatMap(({ path, isThere }): LinkChange[] => {
    if (isThere === "yes") return [];
    return [{ kind: "link", path, change: isThere === "no" ? "added" : "refused" }];
  });
}

function ledgerChange({ ledger }: PlannedBundle, state: BundleState): LedgerChange[] {
  if (state.ledger === ledger) return [];
  return [{ kind: "ledger", path: LEDGER_FILE, change: state.ledger === undefined ? "added" : "changed" }];
}

/** The files with secrets that a bundle has, by their paths from its root. */
export function secretsIn({ environment, secrets }: PlannedBundle): readonly [SecretOverlay, ...SecretOverlay[]] {
  return [
    { path: ".env", content: environment, mode: 0o600, owner: null },
    ...secrets.map((secret) => ({ ...secret, path: `secrets/${secret.path}` })),
  ];
}

/**
 * Everything that writing a planned bundle would do to what is on the disk; empty when that is just what the topology
 * gives.
 * @param pki PEM texts that exist, by path below `pki`
 * @param hidden the values of passwords, none of which a patch may show
 */
export function compareBundle(
  planned: PlannedBundle,
  state: BundleState,
  pki: ReadonlyMap<string, string>,
  hidden: readonly string[],
): Change[] {
  const [environment, ...secrets] = secretsIn(planned);
  return [
    ...renderedChanges(planned.rendered, state, hidden),
    ...secretChange(environment, state, planned.generated),
    ...secrets.flatMap((secret) => secretChange(secret, state)),
    ...certificateChanges(planned.plan, pki),
    ...linkChanges(state),
    ...ledgerChange(planned, state),
  ];
}
