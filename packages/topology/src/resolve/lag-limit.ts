import { kibibytes } from "../schema/scalars.ts";
import type { ParsedTopology } from "../schema/schema.ts";

/** What a failover may lose at most where commits wait for nobody. */
const ASYNCHRONOUS = "1MiB";

/**
 * How far behind a standby may be to be promoted. Asynchronously that bounds what a failover loses. With a list of
 * synchronous standbys it bounds nothing: whoever is on it has every acknowledged write, however far it is behind one that is
 * not acknowledged yet, and a limit would only keep it from taking over (patroni#3703, patroni#3327).
 */
export function resolveLagLimit({ mode, max_lag_on_failover: written }: ParsedTopology["replication"]): number | null {
  if (written !== undefined) return kibibytes(written);
  return mode === "asynchronous" ? kibibytes(ASYNCHRONOUS) : null;
}
