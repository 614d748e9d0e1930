import type { Layout, NodeRole } from "@matriarch/topology";

/** What each container runs as its first process, under the init. `$1` is the folder of the member's rendered configuration. */
export const ENTRYPOINTS: Record<NodeRole, (layout: Layout) => string> = {
  etcd: () => `#!/bin/sh
# Authentication is switched on beside the daemon, because only a running quorum can be told to. In a subshell, which ends
# at once: the init then inherits the script, and reaps it. etcd would not.
set -eu
("$1/enable-auth.sh" &)
exec etcd --config-file "$1/etcd.yaml"
`,
  postgresql: ({ run, secrets }) => `#!/bin/sh
# Patroni merges every file of one folder: the rendered one, and the one that holds the secrets.
set -eu
mkdir -p "$HOME" ${run}/patroni
ln -sfn "$1/patroni.yml" ${run}/patroni/10-rendered.yml
ln -sfn ${secrets}/patroni.yml ${run}/patroni/20-secrets.yml
exec patroni ${run}/patroni
`,
  haproxy: ({ run, secrets }) => `#!/bin/sh
# Master and worker: SIGUSR2 to the master reloads without closing the ports. A first start knows nothing of the servers: the
# file has its version, and no line.
set -eu
echo 1 > ${run}/servers.state
exec haproxy -W -db -f "$1/haproxy.cfg" -f ${secrets}/users.cfg
`,
  pgbouncer: () => `#!/bin/sh
# SIGHUP reloads.
set -eu
exec pgbouncer "$1/pgbouncer.ini"
`,
};
