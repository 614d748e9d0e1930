import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";
import type { Finding, TopologyPath } from "../diagnostic.ts";
import { knownKeysAt } from "./known-keys.ts";

type Issue = z.core.$ZodIssue;

function pathOf(path: readonly PropertyKey[]): TopologyPath {
  return path.map((step) => (typeof step === "number" ? step : String(step)));
}

/** Of a union's branches, the one the writer meant: the one that complains deepest, and about the least. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (branch: readonly Issue[]) => Math.max(0, ...branch.map((issue) => issue.path.length + (issue.code === "unrecognized_keys" ? 1 : 0)));
  return [...branches].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
}

function unknownKey(path: TopologyPath, key: string): Finding {
  const known = knownKeysAt(path);
  const best = known.length === 0 ? undefined : closest(key, known);
  const meant = best !== undefined && distance(key, best) <= Math.max(2, Math.floor(key.length / 3)) ? best : undefined;
  return {
    code: "unknown-key",
    severity: "error",
    path: [...path, key],
    message: `Unknown key "${key}".`,
    hint: meant === undefined ? `Known here: ${known.join(", ")}.` : `Did you mean "${meant}"?`,
  };
}

function findingsOfIssue(issue: Issue, base: TopologyPath): Finding[] {
  const path = [...base, ...pathOf(issue.path)];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(path, key));
    case "invalid_union":
      if (issue.errors.length > 0) return meantBranch(issue.errors).flatMap((inner) => findingsOfIssue(inner, path));
      break;
    case "invalid_key":
      return [{ code: "invalid-value", severity: "error", path, message: `The name "${String(path.at(-1))}" ${issue.issues[0]?.message ?? "is not allowed"}.`, hint: "Choose another name." }];
    case "invalid_type":
      if (issue.message.includes("received undefined")) {
        return [{ code: "missing-key", severity: "error", path, message: `"${String(path.at(-1))}" is missing.`, hint: `Add "${String(path.at(-1))}"; the schema says what it may be.` }];
      }
      break;
  }
  return [{ code: "invalid-value", severity: "error", path, message: `${path.length === 0 ? "The file" : `"${path.join(".")}"`}: ${issue.message}.`, hint: "Correct the value; `schema` prints what each key may be." }];
}

/** Every complaint of the schema as a finding. */
export function findingsOfIssues(issues: readonly Issue[]): Finding[] {
  return issues.flatMap((issue) => findingsOfIssue(issue, []));
}
