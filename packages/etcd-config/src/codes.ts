/** Every code that this package's rules can report. */
export const ETCD_CODES = [
  "invalid-parameter-etcd",
  "owned-parameter-etcd",
  "unknown-parameter-etcd",
  "unavailable-parameter-etcd",
  "dangerous-parameter-etcd",
  "renamed-parameter-etcd",
  "etcd-too-old",
  "etcd-quota-exceeds-memory",
  "etcd-never-compacts",
] as const;
/** One of `ETCD_CODES`. */
export type EtcdCode = (typeof ETCD_CODES)[number];
