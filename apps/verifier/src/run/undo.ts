import { reasonOf } from "../reason.ts";
interface Undo {
  readonly what: string;
  readonly undo: () => Promise<unknown>;
}

/** What has to be undone, whatever happens. */
export interface Undoing {
  readonly add: (what: string, undo: () => Promise<unknown>) => void;
  /** Carries everything out, the latest first, each once; gives a sentence for each that failed. Never throws. */
  readonly carryOut: () => Promise<readonly string[]>;
}

export function newUndoing(): Undoing {
  const pending: Undo[] = [];
  return {
    add: (what, undo) => void pending.push({ what, undo }),
    carryOut: async () => {
      const failures: string[] = [];
      for (let next = pending.pop(); next; next = pending.pop()) {
        try {
          await next.undo();
        } catch (error) {
          failures.push(`${next.what} was not undone: ${reasonOf(error)}`);
        }
      }
      return failures;
    },
  };
}
