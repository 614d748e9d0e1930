import { refused, type RefusedSetting } from "@matriarch/topology";

/** Directives that Matriarch keeps to itself, with the reason and what to do instead. */
export const OWNED: readonly RefusedSetting[] = [
  ...refused(
    {
      because: "the limits of the ports, the process and its file descriptors belong together",
      instead: 'Set "balancer.max_connections".',
    },
    ["maxconn", "fd-hard-limit", "maxpipes", "maxsslconn", "strict-limits", "ulimit-n"],
  ),
  ...refused(
    {
      because: "the outage after a fault is computed from when servers are checked",
      instead: 'Set "timing.check_interval_ms" and "timing.check_fast_interval_ms".',
    },
    ["max-spread-checks", "spread-checks"],
  ),
  ...refused({ because: "it follows from the names of the cluster and its members", instead: 'Change "cluster" or "nodes".' }, [
    "description",
    "localpeer",
    "node",
  ]),
  ...refused({ because: "the log goes where the target collects it, and a refused configuration must say why", instead: "Leave it out." }, [
    "log",
    "quiet",
    "zero-warning",
  ]),
  ...refused(
    {
      because: "the socket can stop every server, so it stays in the member's own folder, for its own user",
      instead: 'Leave it out; the statistics are on the port "publish.stats" and belong to "balancer.admin_user".',
    },
    ["stats", "stats-file"],
  ),
  ...refused({ because: "the target fixes where certificates lie", instead: 'Leave it out; "tls.ca" brings an authority along.' }, [
    "ca-base",
    "crt-base",
    "issuers-chain-path",
    "key-base",
    "ssl-load-extra-del-ext",
    "ssl-load-extra-files",
  ]),
  ...refused({ because: "TLS 1.2 is the least, and every server proves its name", instead: "Leave it out." }, [
    "ssl-default-bind-options",
    "ssl-default-server-options",
    "ssl-server-verify",
    "ssl-skip-self-issued-ca",
  ]),
  ...refused(
    { because: "the target decides how the daemon runs: as which user, in which folders, with which rights", instead: "Leave it out." },
    [
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
  ),
  ...refused({ because: "HAProxy takes it only where experimental directives are allowed", instead: "Leave it out." }, [
    "tune.disable-fast-forward",
    "tune.fd.edge-triggered",
  ]),
  ...refused(
    { because: "HAProxy 3.0 does not use it for checks, and they are all that speaks TLS to a server", instead: "Leave it out." },
    ["ssl-default-server-curves", "ssl-default-server-sigalgs"],
  ),
];
