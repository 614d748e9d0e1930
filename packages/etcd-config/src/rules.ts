import { type Finding, isBefore, type Topology } from "@matriarch/topology";
import type { EtcdCode } from "./codes.ts";
import { FREE_PARAMETERS, type ParameterKind, readParameter } from "./parameters.ts";
import { ownerOf } from "./settings.ts";

type EtcdFinding = Finding<EtcdCode>;
/** A rule of this package: it can report no code that is not in the list. */
type EtcdRule = (topology: Topology) => readonly EtcdFinding[];

function refusal(code: EtcdCode, key: string, message: string, hint: string): EtcdFinding {
  return { code, severity: "error", path: ["parameters", "etcd", key], message, hint };
}

function namesOf(topology: Topology): string[] {
  return Object.keys(topology.parameters.etcd);
}

const ownedParameter: EtcdRule = (topology) =>
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
const unknownParameter: EtcdRule = (topology) =>
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

const invalidParameter: EtcdRule = (topology) =>
  Object.entries(topology.parameters.etcd).flatMap(([key, value]) => {
    const kind = FREE_PARAMETERS.get(key);
    if (kind === undefined || readParameter(kind, value) !== undefined) return [];
    const { name, hint } = KINDS[kind];
    return [refusal("invalid-parameter-etcd", key, `etcd does not start: "${key}" is ${name}, not ${JSON.stringify(value)}.`, hint)];
  });

/** Parameters of 3.5 that 3.6 keeps under another name for one release more, and 3.7 does not know (etcd.io, "Feature Gates"). */
const PREFIX = "experimental-";
const RENAMED_IN = "3.6.0";
const REMOVED_IN = "3.7.0";

/** Unknown keys are ignored without a word, so what was asked for would not be in force. */
const renamedParameter: EtcdRule = (topology) => {
  const { etcd } = topology.platform.versions;
  if (isBefore(etcd, RENAMED_IN)) return [];
  const removed = !isBefore(etcd, REMOVED_IN);
  return namesOf(topology)
    .filter((key) => key.startsWith(PREFIX) && FREE_PARAMETERS.has(key))
    .map((key) => ({
      code: "renamed-parameter-etcd",
      severity: removed ? "error" : "warning",
      path: ["parameters", "etcd", key],
      message: `etcd ${etcd} of the platform ${topology.platform.id} ${removed ? `ignores "${key}" without a word` : `reads "${key}" for the last time`}: the name is that of 3.5.`,
      hint: `Remove it; "${key.slice(PREFIX.length)}", or a feature gate, has taken its place.`,
    }));
};

/** What Matriarch and Patroni ask of etcd, by the release that brought it (etcd's CHANGELOG-3.4). */
const NEEDS: readonly { readonly since: string; readonly what: string }[] = [
  { since: "3.4.0", what: "the JSON gateway under /v3, which Patroni calls, and tokens signed with ES256" },
];

const tooOld: EtcdRule = ({ platform }) =>
  NEEDS.filter(({ since }) => isBefore(platform.versions.etcd, since)).map(({ since, what }) => ({
    code: "etcd-too-old",
    severity: "error",
    path: ["platform"],
    message: `The platform ${platform.id} has etcd ${platform.versions.etcd}; the cluster needs ${what}, which came with ${since}.`,
    hint: "Choose a platform with a newer etcd.",
  }));

/** etcd maps its whole file into memory: beyond what the member has, each request reads from the disk. */
const quotaExceedsMemory: EtcdRule = ({ etcd, parameters }) => {
  const quota = parameters.etcd["quota-backend-bytes"];
  if (typeof quota !== "number") return [];
  const smallest = etcd.toSorted((a, b) => a.memoryKib - b.memoryKib)[0];
  if (smallest === undefined || quota <= smallest.memoryKib * 1024) return [];
  const mib = (bytes: number) => `${Math.floor(bytes / 1024 ** 2)} MiB`;
  return [
    {
      code: "etcd-quota-exceeds-memory",
      severity: "warning",
      path: ["parameters", "etcd", "quota-backend-bytes"],
      message: `etcd's file may grow to ${mib(quota)} and is mapped into memory, of which ${smallest.name} has ${mib(smallest.memoryKib * 1024)}.`,
      hint: "Leave it out: the default is a quarter of the memory, and Patroni's keys stay in the low megabytes. Or give the node more memory.",
    },
  ];
};

const RETENTION = "auto-compaction-retention";

const neverCompacts: EtcdRule = ({ parameters }) => {
  const retention = parameters.etcd[RETENTION];
  if (typeof retention !== "string" || !/^(0+[a-z]*)?$/.test(retention)) return [];
  return [
    {
      code: "etcd-never-compacts",
      severity: "warning",
      path: ["parameters", "etcd", RETENTION],
      message: `With "${RETENTION}" = ${JSON.stringify(retention)} etcd keeps every revision: its file grows until the quota stops all writes, and the primary loses its lease.`,
      hint: `Leave it out: the default is an hour.`,
    },
  ];
};

/** What etcd cannot accept. Its timings are checked with the others, in the topology. */
export const etcdRules: readonly EtcdRule[] = [
  ownedParameter,
  unknownParameter,
  invalidParameter,
  renamedParameter,
  tooOld,
  quotaExceedsMemory,
  neverCompacts,
];
