import { dumpCommands } from "./dumps.hbs.ts";
import { engine } from "./script/engine.hbs.ts";
import { plan } from "./script/plan.hbs.ts";
import { start } from "./script/start.hbs.ts";

/** The operator's script of a bundle: it needs a shell and the container engine, nothing else. */
export const clusterScript = String.raw`#!/usr/bin/env bash
# Runs the cluster {{scope}}. Written by Matriarch for this topology; run it without arguments for help.
set -euo pipefail
# Where files are that the caller names.
CALLED_FROM=$PWD
# The folder of the bundle, also when this file is reached through the link at its top.
cd "$(dirname "$0")"
[ -d rendered ] || cd ../..

SERVICES="{{services}}"
NODES="{{nodes}}"
BALANCERS="{{balancers}}"
POOLERS="{{poolers}}"
ETCD="{{etcd}}"
IMAGES="{{images}}"
PROCESSORS="{{processors}}"

say() { printf '%s\n' "$*"; }
fail() { printf 'cluster: %s\n' "$*" >&2; exit 2; }
YES=$(printenv YES || true)
# healthy, unhealthy, starting; created, exited; or missing
health() {
  docker container inspect --format '{{open}}if .State.Health{{close}}{{open}}.State.Health.Status{{close}}{{open}}else{{close}}{{open}}.State.Status{{close}}{{open}}end{{close}}' "{{scope}}-$1" 2>/dev/null | grep . || echo missing
}

${engine}
# The engine refuses a container with more processors than the machine has, in the middle of a start.
need_processors() {
  local there name wanted
  there=$(docker info --format '{{open}}.NCPU{{close}}' 2>/dev/null | grep -E '^[0-9]+$') || return 0
  # shellcheck disable=SC2086
  set -- $PROCESSORS
  while [ $# -gt 0 ]; do
    name=$1 wanted=$2
    shift 2
    awk -v wanted="$wanted" -v there="$there" 'BEGIN { exit !(wanted > there) }' || continue
    fail "$name is given $wanted processors, and this machine has $there.
Set \"resources: { cpus: $there }\" for its node in the topology, and render again."
  done
}

# What an operator wants to see first when something did not start.
explain_failure() {
  local service state
  for service in $SERVICES; do
    state=$(health "$service")
    case "$state" in healthy | missing | created) continue ;; esac
    printf '\n%s is %s. Its last lines:\n' "$service" "$state" >&2
    docker logs --tail 20 "{{scope}}-$service" 2>&1 | sed 's/^/    /' >&2
  done
  cat >&2 <<'EOF'

The cluster did not come up; the lines above say why. The data is untouched: fix the cause, then "./cluster up" again.
"Pool overlaps": another network of this machine has these addresses; choose others under "networks" in the topology.
"port is already allocated": choose others under "publish", or with the EXT_ variables in .env. Then render again.
"./cluster logs SERVICE" shows more.
EOF
  exit 1
}

leader() {
  local node
  for node in $NODES; do
    if docker exec "{{scope}}-$node" psql -X -A -t -c 'SELECT NOT pg_is_in_recovery()' 2>/dev/null | grep -q t; then
      say "$node"
      return
    fi
  done
}

# Patroni says it too, in the log of each node, among much else.
explain_no_primary() {
  cat <<'EOF'

No node is primary: writes are refused, reads go on where a node answers.
- etcd has no majority: nobody may hold the lease. Bring its members back; the primary returns by itself.
- The last primary is down and no other node is known to have all its acknowledged writes, for one because it was lost
  before it had a synchronous standby again: bring it back, and it goes on as the primary.
- It will not come back: "patronictl failover" on a node promotes that one by hand, and loses what it has not got.
EOF
}

# The state of each member's files, to tell what changed since the daemon read them.
fingerprint() {
  find -L "rendered/current/$1" "pki/$1" "secrets/$1" -type f -exec sha256sum {} + | sort | sha256sum | cut -d ' ' -f 1
}

# What is in force now: the files as they are, and no password from before. Who is not well has not read them.
remember() {
  local service
  [ -n "$SICK" ] || rm -f secrets/*/*.before
  for service in $SERVICES; do is_sick "$service" || fingerprint "$service" > ".applied/$service"; done
}

changed() {
  [ -f ".applied/$1" ] && [ "$(cat ".applied/$1")" != "$(fingerprint "$1")" ]
}

# Who started since this command began has read its files already.
started_anew() {
  [[ ! "$(docker container inspect --format '{{open}}.State.StartedAt{{close}}' "{{scope}}-$1" 2>/dev/null)" < "$BEGUN" ]]
}

# Who has to be told: its files changed, it is well, and has not read them by itself.
waits_for_files() { changed "$1" && ! is_sick "$1" && ! started_anew "$1"; }

# A balancer is replaced by a new process, which is told how the servers are. The old one keeps its sessions for as long as
# hard-stop-after allows; the poolers change to the new one before, each connection between two transactions.
reload_balancer() {
  local pooler
  docker exec "{{scope}}-$1" sh -c 'echo "show servers state" | curl -sS --unix-socket {{balancerRun}}/admin.sock telnet://localhost > {{balancerRun}}/servers.state'
  docker kill --signal USR2 "{{scope}}-$1" >/dev/null
  sleep 1
  # It is of that moment only.
  docker exec "{{scope}}-$1" sh -c 'echo 1 > {{balancerRun}}/servers.state'
  for pooler in $POOLERS; do
    docker exec "{{scope}}-$pooler" psql -X -q -U pgbouncer -c RECONNECT || say "$pooler keeps its connections through the old process of $1: they end with it"
  done
}

# The daemon reads its files again.
reload() {
  say "reloading $1"
  case " $BALANCERS " in
    *" $1 "*) reload_balancer "$1" ;;
    *) docker kill --signal HUP "{{scope}}-$1" >/dev/null ;;
  esac
}

# Daemons that were running already read their new files while they serve; etcd has to restart, one by one. It comes last, a
# round of Patroni later: by then every Patroni knows the password that etcd takes. With the old one it would lose the lease.
reload_changed() {
  local service waited=
  for service in $NODES $BALANCERS $POOLERS; do
    waits_for_files "$service" || continue
    reload "$service"
  done
  for service in $ETCD; do
    waits_for_files "$service" || continue
    [ -n "$waited" ] || sleep {{patroniRound}}
    waited=1
    say "restarting $service"
    docker restart "{{scope}}-$service" >/dev/null
    wait_healthy "$service"
  done
}

wait_healthy() {
  local _
  for _ in $(seq 60); do
    [ "$(health "$1")" != healthy ] || return 0
    sleep 1
  done
  explain_failure
}

# What lives inside PostgreSQL and Patroni's dynamic configuration: both can be applied again at any time.
apply_inside() {
  local primary=$1
  docker exec "{{scope}}-$primary" patronictl -c {{run}}/patroni edit-config --force --quiet --apply "/etc/matriarch/rendered/current/$primary/dynamic.yml" "{{scope}}" >/dev/null
  docker exec "{{scope}}-$primary" "/etc/matriarch/rendered/current/$primary/bootstrap.sh" >/dev/null
}

# Only where what goes into an image has changed, or one is not there: a cluster that has been built comes up without its
# base image, and without a network.
build() {
  local inputs
  inputs=$(find -L rendered/current/images -type f -exec sha256sum {} + | sort | sha256sum)
  # shellcheck disable=SC2086
  if [ "$inputs" = "$(cat .applied/images 2>/dev/null)" ] && docker image inspect $IMAGES >/dev/null 2>&1; then return; fi
  say "building the images"
  compose build --quiet
  printf '%s\n' "$inputs" > .applied/images
}

# Another bundle of this name made them: its passwords and keys are not these, and no daemon would take them.
refuse_foreign_data() {
  [ -n "$(volumes)" ] && [ "$(printenv ADOPT || true)" != 1 ] || return 0
  fail "there is data of a cluster called {{scope}} that this bundle did not start: $(volumes | xargs).
Choose another name (SCOPE in .env, then render again); or destroy that data: FORCE=1 ./cluster clean;
or, where .env and pki/ come from the bundle that made it: ADOPT=1 ./cluster up."
}

${plan}
${start}
status() {
  need_engine
  local service node
  printf '%-24s %s\n' MEMBER STATE
  for service in $SERVICES; do printf '%-24s %s\n' "$service" "$(health "$service")"; done
  say ""
  for node in $NODES; do
    docker exec "{{scope}}-$node" patronictl -c {{run}}/patroni list 2>/dev/null || continue
    [ -n "$(leader)" ] || explain_no_primary
    tell_pending
    tell_images
    return
  done
  say "Patroni answers on no node."
}

# Security updates reach a cluster by new images only.
tell_images() {
  local image created days
  for image in $IMAGES; do
    created=$(docker image inspect --format '{{open}}.Created{{close}}' "$image" 2>/dev/null) || continue
    days=$((($(date +%s) - $(date -d "$created" +%s)) / 86400))
    say "$image: packages of $(date -u -d "$created" +%Y-%m-%d), $days days old"
  done
}

# The member leaves, its data stays in its volume until somebody removes that.
forget() {
  need_engine
  local primary
  case " $NODES " in *" $1 "*) ;; *) fail "forget takes one of: $NODES" ;; esac
  primary=$(leader)
  [ -n "$primary" ] || fail "no node is primary: nobody can tell whose data is the newest. See ./cluster status."
  [ "$primary" != "$1" ] || fail "$1 is the primary: ./cluster switchover first."
  compose rm --stop --force "$1"
  mkdir -p .applied
  say "$1" >> .applied/forgotten
  say "$1 is stopped. Take it out of the topology, render, ./cluster up; until then ./cluster up would start it again."
  say "Its data stays in its volume: docker volume ls --filter label=com.docker.compose.project={{scope}}"
}

clean() {
  need_engine
  if [ -n "$(volumes)" ] && [ "$(printenv FORCE || true)" != 1 ]; then
    [ -t 0 ] || fail "{{scope}} has data. Say FORCE=1 to destroy it."
    read -r -p "This destroys the data of {{scope}}. Type its name to go on: " answer
    [ "$answer" = "{{scope}}" ] || fail "nothing was removed."
  fi
  compose down --volumes --remove-orphans --rmi all --timeout 20
  # Of members that are not in the topology any more.
  volumes | xargs --no-run-if-empty docker volume rm >/dev/null
  rm -rf .applied
}

reload_one() {
  case " $NODES $BALANCERS $POOLERS " in
    *" $1 "*) reload "$1" ;;
    *) fail "reload takes one of: $NODES $BALANCERS $POOLERS" ;;
  esac
}

${dumpCommands}

usage() {
  cat <<'EOF'
Usage: ./cluster COMMAND

  up [--yes]         build, start, wait until everything is healthy; later: apply what changed, and say first what that
                     disturbs (--yes, or YES=1: ask nothing)
  down               stop and remove the containers; the data stays
  status             health of every member, and Patroni's view
  logs [SERVICE...]  follow the logs
  psql [ARGUMENT...] a session through the pooler
  dump DATABASE [FILE] [-- PG_DUMP_OPTION...]
                     write a database to a file, or to - (stdout)
  restore FILE DATABASE [-- PG_RESTORE_OPTION...]
                     put a dump in the place of a database (asks, or FORCE=1)
  switchover         move the primary, in an orderly way
  reload MEMBER      let a daemon read its files again; etcd cannot
  forget NODE        stop a PostgreSQL node that is to leave the topology; its data stays in its volume
  clean              remove containers, images and data (asks, or FORCE=1)
EOF
}

command=help
[ $# -eq 0 ] || { command=$1; shift; }
case "$command" in
  up) [ "$*" != --yes ] || YES=1; up ;;
  down) need_engine; compose down --remove-orphans; [ ! -d .applied ] || : > .applied/stopped ;;
  status) status ;;
  logs) need_engine; compose logs --follow --tail 100 "$@" ;;
  psql) PGSERVICEFILE=pg_service.conf exec psql "service={{firstService}}" "$@" ;;
  dump) dump "$@" ;;
  restore) restore "$@" ;;
  switchover) need_engine; docker exec "{{scope}}-$(leader)" patronictl -c {{run}}/patroni switchover --force "{{scope}}" ;;
  reload) need_engine; [ $# -eq 1 ] || fail "reload takes one member"; reload_one "$1" ;;
  forget) [ $# -eq 1 ] || fail "forget takes one member"; forget "$1" ;;
  clean) clean ;;
  help | -h | --help) usage ;;
  *) usage >&2; fail "unknown command: $command" ;;
esac
`;
