/** What Patroni 4.0's checker says of a file that Patroni itself takes. */
const KNOWN_LIMITS: readonly { readonly line: string; readonly why: string }[] = [
  {
    line: "bootstrap.dcs.synchronous_mode quorum is not a boolean",
    why: "The checker is older than quorum commit, which Patroni has had since 4.0.",
  },
];

/** Whether a line of Patroni's checker tells of a limit of the checker only. */
export function isKnownLimit(line: string): boolean {
  return KNOWN_LIMITS.some((limit) => limit.line === line);
}
