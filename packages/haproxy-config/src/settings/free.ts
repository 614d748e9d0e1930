/**
 * Directives of the global section (HAProxy 3.0) that a topology may set: those that mean something to a balancer that
 * passes TCP through and shows statistics. `haproxy -dKcfg -c -f FILE` prints what a version knows.
 */
export const FREE: readonly string[] = [
  "busy-polling", "close-spread-time", "cpu-map", "hard-stop-after", "harden.reject-privileged-ports.tcp", "log-send-hostname",
  "log-tag", "maxconnrate", "maxsessrate", "maxsslrate", "mworker-max-reloads", "nbthread", "no-memory-trimming", "noepoll", "nopoll",
  "noreuseport", "nosplice", "numa-cpu-mapping", "prealloc-fd", "profiling.tasks", "set-dumpable",
  "ssl-default-bind-ciphers", "ssl-default-bind-ciphersuites", "ssl-default-bind-curves", "ssl-default-bind-sigalgs",
  "ssl-default-server-ciphers", "ssl-default-server-ciphersuites", "ssl-default-server-curves", "ssl-default-server-sigalgs",
  "ssl-propquery", "ssl-provider", "ssl-provider-path", "ssl-security-level",
  "thread-group", "thread-groups", "thread-hard-limit",
  "tune.applet.zero-copy-forwarding", "tune.buffers.limit", "tune.buffers.reserve", "tune.bufsize", "tune.comp.maxlevel",
  "tune.disable-fast-forward", "tune.disable-zero-copy-forwarding", "tune.epoll.mask-events", "tune.events.max-events-at-once",
  "tune.fd.edge-triggered", "tune.h1.zero-copy-fwd-recv", "tune.h1.zero-copy-fwd-send", "tune.h2.fe.glitches-threshold",
  "tune.h2.fe.initial-window-size", "tune.h2.fe.max-concurrent-streams", "tune.h2.fe.max-total-streams", "tune.h2.header-table-size",
  "tune.h2.initial-window-size", "tune.h2.max-concurrent-streams", "tune.h2.max-frame-size", "tune.http.maxhdr", "tune.idletimer",
  "tune.listener.default-shards", "tune.listener.multi-queue", "tune.max-checks-per-thread", "tune.maxaccept", "tune.maxpollevents",
  "tune.maxrewrite", "tune.memory.hot-size", "tune.pattern.cache-size", "tune.pipesize", "tune.pool-high-fd-ratio",
  "tune.pool-low-fd-ratio", "tune.pt.zero-copy-forwarding", "tune.rcvbuf.backend", "tune.rcvbuf.client", "tune.rcvbuf.frontend",
  "tune.rcvbuf.server", "tune.recv_enough", "tune.runqueue-depth", "tune.sched.low-latency", "tune.sndbuf.backend",
  "tune.sndbuf.client", "tune.sndbuf.frontend", "tune.sndbuf.server", "tune.ssl.cachesize", "tune.ssl.force-private-cache",
  "tune.ssl.hard-maxrecord", "tune.ssl.lifetime", "tune.ssl.maxrecord", "tune.ssl.ssl-ctx-cache-size",
  "warn-blocked-traffic-after",
];
