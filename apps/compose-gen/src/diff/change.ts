import type { Decision } from "@matriarch/pki";

/** A rendered file that is not, or no longer, what the topology gives. */
export interface RenderedChange {
  readonly kind: "rendered";
  /** From the bundle's root, like every path of a change. */
  readonly path: string;
  /** What rendering would do; `none` where only the hand that changed it is worth telling. */
  readonly change: "added" | "changed" | "removed" | "none";
  /** Whether it was changed or removed since it was rendered: it is overwritten with `--force` only. */
  readonly changedByHand: boolean;
  /** Unified diff from what is there to what would be; empty where nothing would change. */
  readonly patch: string;
}

/** What of a file that holds secrets is not as it would be. */
export type Difference = "content" | "mode" | "owner";

/** A file that holds secrets: that it would change is told, never to what. */
export interface SecretChange {
  readonly kind: "secret";
  readonly path: string;
  readonly change: "added" | "changed";
  readonly differs: readonly Difference[];
  /** Variables for which a password would be generated: in the environment file only. */
  readonly generated: readonly string[];
}

export interface CertificateChange {
  readonly kind: "certificate";
  readonly path: string;
  /** `copy`: of an authority's certificate or a key that another member has. */
  readonly change: Exclude<Decision["action"], "keep"> | "copy";
  /** Why, in words. */
  readonly reason: string;
  readonly key: "new" | "existing";
}

/** A link at the top of the bundle that is not there; or in whose place is a file that is not Matriarch's. */
export interface LinkChange {
  readonly kind: "link";
  readonly path: string;
  readonly change: "added" | "refused";
}

/** Members that are given something that they keep: names, volumes, addresses. */
export interface LedgerChange {
  readonly kind: "ledger";
  readonly path: string;
  readonly change: "added" | "changed";
}

/** One thing that rendering would do. */
export type Change = RenderedChange | SecretChange | CertificateChange | LinkChange | LedgerChange;
