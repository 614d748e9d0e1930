/** Codes of what a bundle's folder and what was applied from it forbid. */
export const CHANGE_CODES = [
  "data-left-behind",
  "only-copy",
  "etcd-members-changed",
  "identity-changed",
  "networks-changed",
  "cluster-renamed",
  "another-cluster",
  "ledger-missing",
  "ledger-unreadable",
  "applied-unreadable",
  "older-bundle-unclear",
] as const;
/** One of `CHANGE_CODES`. */
export type ChangeCode = (typeof CHANGE_CODES)[number];
