import type { Finding, Rule, Topology } from "@matriarch/topology";
import { FREE_PARAMETERS, type ParameterKind, readParameter } from "./parameters.ts";
import { ownerOf } from "./settings.ts";

/** Every code that this package's rules can report. */
export const ETCD_CODES = ["invalid-parameter-etcd", "owned-parameter-etcd", "unknown-parameter-etcd"] as const;
type Code = (typeof ETCD_CODES)[number];

function refusal(code: Code, key: string, message: string, hint: string): Finding<Code> {
  return { code, severity: "error", path: ["parameters", "etcd", key], message, hint };
}

function namesOf(topology: Topology): string[] {
  return Object.keys(topology.parameters.etcd);
}

const ownedParameter: Rule = (topology) =>
  namesOf(topology).flatMap((key) => {
    const owner = ownerOf(key);
    if (owner === undefined) return [];
    return [refusal("owned-parameter-etcd", key, `etcd's "${key}" is not for a topology to set: ${owner.because}.`, owner.instead)];
  });

/** Underscores and capitals are the usual slips: etcd's environment variables have them, its file does not. */
function hintFor(key: string): string {
  const hyphenated = key.toLowerCase().replaceAll(/[_.]/g, "-");
  return FREE_PARAMETERS.has(hyphenated)
    ? `Did you mean "${hyphenated}"?`
    : "Take the name from the sample configuration file of etcd 3.5.";
}

/** etcd itself would start, and ignore it without a word. */
const unknownParameter: Rule = (topology) =>
  namesOf(topology)
    .filter((key) => !FREE_PARAMETERS.has(key) && ownerOf(key) === undefined)
    .map((key) => refusal("unknown-parameter-etcd", key, `etcd's configuration file knows no "${key}".`, hintFor(key)));

const KINDS: Readonly<Record<ParameterKind, { readonly name: string; readonly hint: string }>> = {
  text: { name: "text", hint: "Put it into quotes." },
  integer: { name: "a whole number", hint: "Write a number, without unit and without quotes." },
  nanoseconds: { name: "a whole number of nanoseconds", hint: "The file knows no units: ten seconds are 10000000000." },
  switch: { name: "true or false", hint: "Write true or false, without quotes." },
  list: { name: "a list", hint: "Write it as one text, with commas between the items." },
};

const invalidParameter: Rule = (topology) =>
  Object.entries(topology.parameters.etcd).flatMap(([key, value]) => {
    const kind = FREE_PARAMETERS.get(key);
    if (kind === undefined || readParameter(kind, value) !== undefined) return [];
    const { name, hint } = KINDS[kind];
    return [refusal("invalid-parameter-etcd", key, `etcd does not start: "${key}" is ${name}, not ${JSON.stringify(value)}.`, hint)];
  });

/** What etcd cannot accept. Its timings are checked with the others, in the topology. */
export const etcdRules: readonly Rule[] = [ownedParameter, unknownParameter, invalidParameter];
