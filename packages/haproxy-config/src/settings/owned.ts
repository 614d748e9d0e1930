/** Directives that Matriarch keeps to itself, with the reason and what to do instead. */
interface OwnedDirectives {
  readonly keywords: readonly string[];
  readonly because: string;
  readonly instead: string;
}

export const OWNED: readonly OwnedDirectives[] = [
  {
    keywords: ["maxconn", "fd-hard-limit", "maxpipes", "maxsslconn", "strict-limits", "ulimit-n"],
    because: "the limits of the ports, the process and its file descriptors belong together",
    instead: 'Set "balancer.max_connections".',
  },
  {
    keywords: ["max-spread-checks", "spread-checks"],
    because: "the outage after a fault is computed from when servers are checked",
    instead: 'Set "timing.check_interval_ms" and "timing.check_fast_interval_ms".',
  },
  {
    keywords: ["description", "localpeer", "node"],
    because: "it follows from the names of the cluster and its members",
    instead: 'Change "cluster" or "nodes".',
  },
  {
    keywords: ["log", "quiet", "zero-warning"],
    because: "the log goes where the target collects it, and a refused configuration must say why",
    instead: "Leave it out.",
  },
  {
    keywords: ["stats", "stats-file"],
    because: "the socket can stop every server, so it stays in the member's own folder, for its own user",
    instead: 'Leave it out; the statistics are on the port "publish.stats" and belong to "balancer.admin_user".',
  },
  {
    keywords: ["ca-base", "crt-base", "issuers-chain-path", "key-base", "ssl-load-extra-del-ext", "ssl-load-extra-files"],
    because: "the target fixes where certificates lie",
    instead: 'Leave it out; "tls.ca" brings an authority along.',
  },
  {
    keywords: ["ssl-default-bind-options", "ssl-default-server-options", "ssl-server-verify", "ssl-skip-self-issued-ca"],
    because: "TLS 1.2 is the least, and every server proves its name",
    instead: "Leave it out.",
  },
  {
    keywords: [
      "chroot",
      "daemon",
      "default-path",
      "external-check",
      "gid",
      "group",
      "insecure-fork-wanted",
      "insecure-setuid-wanted",
      "master-worker",
      "pidfile",
      "server-state-base",
      "server-state-file",
      "setcap",
      "uid",
      "unix-bind",
      "user",
    ],
    because: "the target decides how the daemon runs: as which user, in which folders, with which rights",
    instead: "Leave it out.",
  },
];
