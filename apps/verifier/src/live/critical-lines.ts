/** What no daemon says while nobody hurts it. PostgreSQL, PgBouncer, Patroni; HAProxy; etcd. */
const CRITICAL = [
  /\b(FATAL|PANIC|CRITICAL|ALERT|EMERG)\b/,
  /^Traceback /m,
  /\bERROR\b/,
  /"level":"(error|dpanic|panic|fatal)"/,
];

/** What no fault from outside explains, however hard the cluster was treated. */
const NEVER = [
  /\bPANIC\b/,
  /\bCRITICAL\b/,
  /\bEMERG\b/,
  /"level":"(dpanic|panic|fatal)"/,
  /invalid page|checksum verification failed|could not read block|unexpected pageaddr/,
  /segmentation fault|SIGSEGV|SIGABRT|signal 6\b|signal 11\b|core dumped/i,
  /out of memory|Cannot allocate memory/i,
  /No space left on device/,
];

/** Lines that match and are in order, each with the reason. */
const IN_ORDER: readonly RegExp[] = [];

/** The critical lines of a log: `now`, while it is used; `ever`, whatever was done to it. */
export function criticalLines(log: string, when: "now" | "ever" = "now"): string[] {
  const patterns = when === "now" ? CRITICAL : NEVER;
  return log.split("\n").filter((line) => patterns.some((pattern) => pattern.test(line)) && !IN_ORDER.some((pattern) => pattern.test(line)));
}
