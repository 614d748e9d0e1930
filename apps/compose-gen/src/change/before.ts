import { EMPTY_LEDGER, type Finding, type Ledger, parseLedger } from "@matriarch/topology";
import { adoptOlder } from "./adopt.ts";
import type { ChangeCode } from "./codes.ts";
import { type Facts, formatFacts, parseFacts } from "./facts.ts";

/** What `./cluster` left in the bundle's folder: it is there from the first start on. */
export interface AppliedState {
  /** Text of the facts that were applied; `undefined`: an older version applied it. */
  readonly facts: string | undefined;
  /** Names of the members that it knew at the last start. */
  readonly started: readonly string[];
  /** Whether `./cluster down` has stopped it and nothing has started it since. */
  readonly isStopped: boolean;
  /** Members whose data nobody wants any more, by their names. */
  readonly forgotten: readonly string[];
}

/** What of a bundle's folder a change is compared with. */
export interface StoredGeneration {
  /** Text of the ledger; `undefined` where there is none. */
  readonly ledger: string | undefined;
  /** `undefined`: nothing was ever started from this folder. */
  readonly applied: AppliedState | undefined;
  /** Cluster of the generation in force; `undefined` before the first. */
  readonly scope: string | undefined;
  /** What is in force, where an older version may have applied it. */
  readonly rendered: { readonly compose: string; readonly promises: string } | undefined;
}

/** The generation that was applied, and what its members were given. */
export interface Before {
  readonly ledger: Ledger;
  /** `null`: nothing was applied, so that nothing can be lost. */
  readonly applied: (Pick<AppliedState, "isStopped" | "forgotten"> & { readonly facts: Facts; readonly text: string }) | null;
  /** Whether an older version applied it: its facts were read from what it rendered, and have to be kept. */
  readonly isAdopted: boolean;
  readonly scope: string | undefined;
  readonly findings: readonly Finding<ChangeCode>[];
}

/** A folder from which nothing was rendered yet. */
export const NOTHING_BEFORE: Before = { ledger: EMPTY_LEDGER, applied: null, isAdopted: false, scope: undefined, findings: [] };

function refused(code: ChangeCode, message: string, hint: string): Before {
  return { ...NOTHING_BEFORE, findings: [{ code, severity: "error", path: [], message, hint }] };
}

function adopted(stored: StoredGeneration, applied: AppliedState): Before {
  const older = stored.rendered === undefined ? undefined : adoptOlder(stored.rendered.compose, stored.rendered.promises);
  if (older === undefined || !sameNames(older.facts, applied.started)) {
    return refused(
      "older-bundle-unclear",
      "An older Matriarch started this cluster, and what is rendered now is not what it started: nobody can tell whose data is where.",
      'Render and "./cluster up" once more with that version, then render with this one.',
    );
  }
  const { isStopped, forgotten } = applied;
  const text = formatFacts(older.facts);
  return {
    ledger: older.ledger,
    applied: { facts: older.facts, text, isStopped, forgotten },
    isAdopted: true,
    scope: stored.scope,
    findings: [],
  };
}

function sameNames({ members }: Facts, started: readonly string[]): boolean {
  return members.length === started.length && members.every(({ name }) => started.includes(name));
}

/** Reads what a bundle's folder says about its past; what it says wrong is among the findings. */
export function readBefore(stored: StoredGeneration): Before {
  const { applied, scope } = stored;
  const ledger = stored.ledger === undefined ? undefined : parseLedger(stored.ledger);
  if (stored.ledger !== undefined && ledger === undefined) {
    return refused(
      "ledger-unreadable",
      "ledger.json cannot be read: it says which name, volume and address each member was given.",
      "Put it back from your copy, or from the one that the last start kept: cp .applied/ledger.json ledger.json.",
    );
  }
  if (applied === undefined) return { ...NOTHING_BEFORE, ledger: ledger ?? EMPTY_LEDGER, scope };
  if (applied.facts === undefined) return adopted(stored, applied);
  const facts = parseFacts(applied.facts);
  if (facts === undefined) {
    return refused(
      "applied-unreadable",
      ".applied/members.json cannot be read: without it nobody can tell what a change would leave behind.",
      "Put it back from a copy of the bundle's folder; or, where rendered/current is what runs: cp rendered/current/members.json .applied/.",
    );
  }
  if (ledger === undefined) {
    return refused(
      "ledger-missing",
      "The cluster has data, and ledger.json is missing: its members would be given other names, volumes and addresses.",
      "Put it back from your copy, or from the one that the last start kept: cp .applied/ledger.json ledger.json.",
    );
  }
  const { isStopped, forgotten } = applied;
  return { ledger, applied: { facts, text: applied.facts, isStopped, forgotten }, isAdopted: false, scope, findings: [] };
}
