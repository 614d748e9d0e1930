import { type Finding, isBefore, settingRule, type Topology } from "@matriarch/topology";
import type { EtcdCode } from "./codes.ts";
import { DIALECT } from "./settings/dialect.ts";
import { readDuration } from "./settings/forms.ts";
import { FREE } from "./settings/free.ts";
import { SETTINGS } from "./settings/index.ts";

type EtcdFinding = Finding<EtcdCode>;
/** A rule of this package: it can report no code that is not in the list. */
type EtcdRule = (topology: Topology) => readonly EtcdFinding[];

/** Parameters of 3.5 that 3.6 keeps under another name for one release more (etcd.io, "Feature Gates"). */
const PREFIX = "experimental-";
const RENAMED_IN = "3.6.0";

const renamedParameter: EtcdRule = ({ platform, parameters }) => {
  const { etcd } = platform.versions;
  return FREE.filter(({ key, until }) => key.startsWith(PREFIX) && key in parameters.etcd && until !== undefined && isBefore(etcd, until))
    .filter(() => !isBefore(etcd, RENAMED_IN))
    .map(({ key }) => ({
      code: "renamed-parameter-etcd",
      severity: "warning",
      path: ["parameters", "etcd", key],
      message: `etcd ${etcd} of the platform ${platform.id} reads "${key}" for the last time: the name is that of 3.5.`,
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

const LEASE = "experimental-enable-lease-checkpoint";

/** What is right alone and not together (`Validate()` of embed/config.go). */
const combinations: EtcdRule = ({ parameters: { etcd: written } }) => {
  const invalid = (key: string, message: string, hint: string): EtcdFinding => ({
    code: "invalid-parameter-etcd",
    severity: "error",
    path: ["parameters", "etcd", key],
    message,
    hint,
  });
  const least = written["tls-min-version"] ?? "TLS1.2";
  const rotated = String(written["log-outputs"] ?? "stderr")
    .split(",")
    .filter((output) => output.trim().startsWith("/")).length;
  return [
    ...(least === "TLS1.3" && written["tls-max-version"] === "TLS1.2"
      ? [invalid("tls-max-version", "etcd does not start: the newest version of TLS is older than the oldest.", "Leave it out.")]
      : []),
    ...(least === "TLS1.3" && "cipher-suites" in written
      ? [
          invalid(
            "cipher-suites",
            "etcd does not start: the suites of TLS 1.3 cannot be chosen.",
            "Leave it out, or set tls-min-version to TLS1.2.",
          ),
        ]
      : []),
    ...(written[`${LEASE}-persist`] === true && written[LEASE] !== true
      ? [invalid(`${LEASE}-persist`, `etcd does not start: it needs ${LEASE} as well.`, `Set ${LEASE} to true.`)]
      : []),
    ...(written["enable-log-rotation"] === true && rotated !== 1
      ? [
          invalid(
            "enable-log-rotation",
            "etcd does not start: there is no file to rotate, or more than one.",
            "Leave it out: everything is logged to stderr.",
          ),
        ]
      : []),
  ];
};

const RETENTION = "auto-compaction-retention";

/** With a mode of revisions a duration is so many of them as it has nanoseconds. */
function keepsEverything(retention: string, mode: unknown): boolean {
  const duration = /^\d+$/.test(retention) ? Number(retention) : readDuration(retention);
  return duration === undefined ? retention === "" : duration <= 0 || (mode === "revision" && !/^\d+$/.test(retention));
}

const neverCompacts: EtcdRule = ({ parameters }) => {
  const retention = parameters.etcd[RETENTION];
  if (typeof retention !== "string" || !keepsEverything(retention, parameters.etcd["auto-compaction-mode"])) return [];
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
  settingRule(DIALECT, SETTINGS),
  renamedParameter,
  tooOld,
  quotaExceedsMemory,
  combinations,
  neverCompacts,
];
