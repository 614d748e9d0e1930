import type { Healer } from "../cluster/cluster.ts";
import { reasonOf } from "../reason.ts";

/** Undoes something on a cluster that may be fixed, and not be harmed. */
export type Undo = (cluster: Healer) => Promise<unknown>;

interface Due {
  readonly what: string;
  readonly undo: Undo;
}

/** What has to be undone, whatever happens. */
export interface Undoing {
  readonly add: (what: string, undo: Undo) => void;
  /** Carries everything out, the latest first, each once; gives a sentence for each that failed. Never throws. */
  readonly carryOut: (cluster: Healer) => Promise<readonly string[]>;
}

export function newUndoing(): Undoing {
  const pending: Due[] = [];
  return {
    add: (what, undo) => void pending.push({ what, undo }),
    carryOut: async (cluster) => {
      const failures: string[] = [];
      for (let next = pending.pop(); next; next = pending.pop()) {
        try {
          await next.undo(cluster);
        } catch (error) {
          failures.push(`${next.what} was not undone: ${reasonOf(error)}`);
        }
      }
      return failures;
    },
  };
}
