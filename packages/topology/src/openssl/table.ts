/** What the OpenSSL of a platform knows of cipher suites before TLS 1.3, whose own have another list. */
export interface CipherTable {
  /** In OpenSSL's order. */
  readonly suites: readonly string[];
  /** Words for several suites: a bit for each, the first suite lowest. */
  readonly words: Readonly<Record<string, bigint>>;
}
