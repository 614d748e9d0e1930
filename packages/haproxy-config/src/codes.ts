/** Every code that this package's rules can report. */
export const HAPROXY_CODES = [
  "owned-parameter-haproxy",
  "unknown-parameter-haproxy",
  "unavailable-parameter-haproxy",
  "invalid-parameter-haproxy",
  "dangerous-parameter-haproxy",
  "balancer-connections-below-pools",
  "balancer-file-descriptors",
  "balancer-memory",
  "haproxy-too-old",
  "checks-outlast-lease",
  "pool-outlives-balancer",
] as const;
/** One of `HAPROXY_CODES`. */
export type HaproxyCode = (typeof HAPROXY_CODES)[number];
