import { z } from "zod";

/** Top level of `etcd.yaml`, whose every line that holds a scalar is `"key": <JSON>`. */
function writtenSettings(file: string): Record<string, unknown> {
  return Object.fromEntries([...file.matchAll(/^"([^"]+)": (.+)$/gm)].map(([, key = "", value = ""]) => [key, JSON.parse(value)]));
}

/**
 * What that line leaves out. The logins of the checkers prove the token, the line itself the logger; the oldest version of
 * TLS, the guard of the membership and what tracing would call the service cannot be seen from outside.
 */
const NOT_LOGGED = [
  "auth-token",
  "logger",
  "log-level",
  "tls-min-version",
  "strict-reconfig-check",
  "experimental-distributed-tracing-service-name",
];

const urls = (written: unknown) => String(written).split(",").toSorted();

/** Of less than a minute, as Go prints it. */
const duration = (written: unknown) => (Number(written) < 1000 ? `${String(written)}ms` : `${Number(written) / 1000}s`);

/** How etcd's log spells what the file spells otherwise. */
const SPELLINGS: Readonly<Record<string, (written: unknown) => unknown>> = {
  "heartbeat-interval": duration,
  "election-timeout": duration,
  "auto-compaction-retention": (written) => String(written).replace(/^(\d+)h$/, "$1h0m0s"),
  "initial-cluster": (written) => urls(written).join(","),
  "listen-peer-urls": urls,
  "listen-client-urls": urls,
  "listen-metrics-urls": urls,
  "initial-advertise-peer-urls": urls,
  "advertise-client-urls": urls,
};

/**
 * What etcd says that it runs with, beside what its file says: etcd ignores silently what it does not know, so the log
 * shows the file as etcd understood it. Both in the spelling of the log, less what the log leaves out.
 */
export function etcdSettings(
  file: string,
  log: string,
): { readonly said: Record<string, unknown>; readonly written: Record<string, unknown> } {
  const line = log.split("\n").find((entry) => entry.includes('"starting an etcd server"'));
  const effective = z.record(z.string(), z.unknown()).parse(JSON.parse(line ?? "{}"));
  const shown = Object.entries(writtenSettings(file)).filter(([key]) => !NOT_LOGGED.includes(key));
  return {
    said: Object.fromEntries(shown.map(([key]) => [key, effective[key]])),
    written: Object.fromEntries(shown.map(([key, value]) => [key, SPELLINGS[key]?.(value) ?? value])),
  };
}
