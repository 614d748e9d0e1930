import { z } from "zod";
import type { NodeRole } from "../roles.ts";

const rowSchema = z
  .object({
    /** Host number, the same in every network. */
    number: z.int().nonnegative(),
    /** The host number that the node stated when this one was counted from it; absent where it stated none. */
    stated: z.int().optional(),
    /** Host name for its peers, container, folders of its files, name on its certificates. */
    name: z.string().min(1),
    /** What Patroni or etcd calls it. */
    instance: z.string().min(1),
    /** The volume of its data. */
    volume: z.string().min(1),
  })
  .strict()
  .readonly();

const ledgerSchema = z.object({ members: z.record(z.string(), rowSchema) }).strict();

/** What a member was given once: it keeps it, whatever else the topology holds. */
export type Identity = z.infer<typeof rowSchema>;

/** Identities by `<node>-<daemon>`; those of members that left stay, so that nobody else is given them. */
export type Ledger = ReadonlyMap<string, Identity>;

/** The ledger of a cluster that is new. */
export const EMPTY_LEDGER: Ledger = new Map();

/** Key of a member in the ledger: it depends on nothing but the node and the daemon. */
export function memberId(node: string, kind: NodeRole): string {
  return `${node}-${kind}`;
}

/** JSON, sorted by member, so that the same ledger has the same bytes. */
export function formatLedger(ledger: Ledger): string {
  const members = Object.fromEntries([...ledger].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ members }, null, 2)}\n`;
}

/** The ledger that a text holds; `undefined` where it holds none: damaged, or written by something else. */
export function parseLedger(text: string): Ledger | undefined {
  try {
    return new Map(Object.entries(ledgerSchema.parse(JSON.parse(text)).members));
  } catch {
    return undefined;
  }
}
