import { distance } from "fastest-levenshtein";
import type { TopologyCode } from "../codes.ts";
import type { Finding } from "../diagnostic.ts";
import type { Topology } from "../resolve/topology.ts";
import { secretsOf } from "../secrets.ts";
import { type Environment, overrideVariables } from "./apply.ts";

/** Names that nobody but Matriarch would choose: ports of this machine, passwords of roles. */
const NAMESPACES = [/^EXT_[A-Z0-9_]+$/u, /^ROLE_[A-Z0-9_]+_PASSWORD$/u];

/** A slip of the keyboard, and no more: people keep variables of their own in the file, and `BACKUP_PASSWORD` is one. */
const SLIP = 2;

function isSlipOf(variable: string, known: string): boolean {
  return distance(variable.toUpperCase(), known) <= Math.min(SLIP, Math.floor(known.length / 4));
}

function readOnes(known: readonly string[], namespace: RegExp): string {
  const candidates = known.filter((candidate) => namespace.test(candidate));
  return candidates.length === 0 ? "Remove the line." : `Take one that is read, or remove the line: ${candidates.join(", ")}.`;
}

/** What becomes of the variable that was meant. */
function consequence(meant: string | undefined, environment: Environment, passwords: ReadonlySet<string>): string {
  if (meant === undefined || (environment[meant] ?? "") !== "") return "";
  return passwords.has(meant) ? `; ${meant} has no value, so it gets a generated one` : `; ${meant} has no value`;
}

/**
 * Variables with a value that nothing reads, although they look like ours: in a namespace of ours, or within a slip of the
 * keyboard of a name that is read. Warnings, because a role that is gone leaves its password behind, and because the file
 * may hold variables of somebody else.
 */
export function unknownVariables(topology: Topology, environment: Environment): Finding<TopologyCode>[] {
  const passwords = new Set(secretsOf(topology).map(({ variable }) => variable));
  const known = [...overrideVariables(topology).map(({ variable }) => variable), ...passwords];
  const isKnown = new Set(known);
  return Object.keys(environment)
    .filter((variable) => environment[variable] !== "" && !isKnown.has(variable))
    .flatMap((variable): Finding<TopologyCode>[] => {
      const meant = known.find((candidate) => isSlipOf(variable, candidate));
      const namespace = NAMESPACES.find((pattern) => pattern.test(variable));
      const hint = meant !== undefined ? `Did you mean "${meant}"?` : namespace && readOnes(known, namespace);
      if (hint === undefined) return [];
      return [
        {
          code: "unknown-variable",
          severity: "warning",
          path: [],
          variable,
          message: `Nothing reads the variable ${variable} in this topology${consequence(meant, environment, passwords)}.`,
          hint,
        },
      ];
    });
}
