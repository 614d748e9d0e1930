import type { z } from "zod";
import type { TopologyCode } from "../codes.ts";
import type { Finding, TopologyPath } from "../diagnostic.ts";
import { didYouMean, nearest } from "../nearest.ts";
import { descriptionAt, keyTaking, knownKeysAt } from "./schema-at.ts";
import { complaintAbout, expectationOf } from "./wording.ts";

type Issue = z.core.$ZodIssue;
type SchemaFinding = Finding<TopologyCode>;

function pathOf(path: readonly PropertyKey[]): TopologyPath {
  return path.map((step) => (typeof step === "number" ? step : String(step)));
}

/** `"nodes.node1.roles[0]"`; the whole file has no key to name. */
function subjectOf(path: TopologyPath): string {
  const steps = path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`));
  return path.length === 0 ? "The topology" : `"${steps.join("")}"`;
}

/** Where a password belongs; nothing for another key. */
function hintAboutPassword(path: TopologyPath, key: string): string | undefined {
  if (!/passw|secret/iu.test(key)) return undefined;
  const [section, role] = path;
  const variable = section === "roles" && role !== undefined ? `ROLE_${String(role).toUpperCase()}_PASSWORD` : "`.env.example` lists them";
  return `Passwords are in the environment file, not in the topology: ${variable}.`;
}

function unknownKey(path: TopologyPath, key: string): SchemaFinding {
  return {
    code: "unknown-key",
    severity: "error",
    path: [...path, key],
    message: path.length === 0 ? `Unknown key "${key}".` : `Unknown key "${key}" in ${subjectOf(path)}.`,
    hint: hintAboutPassword(path, key) ?? didYouMean(key, knownKeysAt(path), "Known here"),
  };
}

function missingKey(path: TopologyPath): SchemaFinding {
  const key = String(path.at(-1));
  return {
    code: "missing-key",
    severity: "error",
    path,
    message: path.length === 1 ? `"${key}" is missing.` : `"${key}" is missing in ${subjectOf(path.slice(0, -1))}.`,
    hint: `Add "${key}". ${descriptionAt(path) ?? "`schema` prints what it may be."}`,
  };
}

function invalidValue(path: TopologyPath, complaint: string, meant?: string): SchemaFinding {
  const description = descriptionAt(path) ?? "`schema` prints what each key may be.";
  return {
    code: "invalid-value",
    severity: "error",
    path,
    message: `${subjectOf(path)} ${complaint}.`,
    hint: meant === undefined ? description : `Did you mean "${meant}"?`,
  };
}

/** The word among those allowed that the writer probably meant. */
function meantWord(input: unknown, issues: readonly Issue[]): string | undefined {
  const words = issues.flatMap((issue) => (issue.code === "invalid_value" ? issue.values.map(String) : []));
  return typeof input === "string" ? nearest(input, words) : undefined;
}

/** The mapping in place of which its most telling word was written: `replication: { mode: synchronous }`. */
function meantMapping(path: TopologyPath, input: unknown): string | undefined {
  const key = typeof input === "string" ? keyTaking(path, input) : undefined;
  return key === undefined ? undefined : `${path.at(-1)}: { ${key}: ${String(input)} }`;
}

function refusedAtItsRoot(branch: readonly Issue[]): boolean {
  return branch.some((issue) => issue.path.length === 0 && expectationOf(issue) !== undefined);
}

/** A value may be one of several things: complain about the one it tries to be, or name all that it could be. */
function findingsOfUnion(issue: z.core.$ZodIssueInvalidUnion, path: TopologyPath): SchemaFinding[] {
  const attempted = issue.errors.filter((branch) => !refusedAtItsRoot(branch));
  const [only] = attempted;
  if (attempted.length > 1) return [invalidValue(path, complaintAbout(issue.input, issue.message))];
  if (only !== undefined) return only.flatMap((inner) => findingsOfIssue(inner, path));
  const refusals = issue.errors.flat();
  const demand = `must be ${refusals.flatMap((refusal) => expectationOf(refusal) ?? []).join(" or ")}`;
  return [invalidValue(path, complaintAbout(issue.input, demand), meantWord(issue.input, refusals))];
}

function findingsOfIssue(issue: Issue, base: TopologyPath): SchemaFinding[] {
  const path = [...base, ...pathOf(issue.path)];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(path, key));
    case "invalid_key":
      return [invalidValue(path, `is not allowed as a name: it ${issue.issues[0]?.message ?? "has another form"}`)];
    case "invalid_type":
    case "invalid_value":
    case "invalid_union":
      if (issue.input === undefined) return [missingKey(path)];
      if (issue.code === "invalid_union") return findingsOfUnion(issue, path);
      return [
        invalidValue(path, complaintAbout(issue.input, issue.message), meantWord(issue.input, [issue]) ?? meantMapping(path, issue.input)),
      ];
    default:
      return [invalidValue(path, complaintAbout(issue.input, issue.message))];
  }
}

/** Every complaint of the schema as a finding. The issues carry their input (`reportInput`) and the wording of `wordingOf`. */
export function findingsOfIssues(issues: readonly Issue[]): SchemaFinding[] {
  return issues.flatMap((issue) => findingsOfIssue(issue, []));
}
