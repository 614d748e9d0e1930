/** Starting members, with those that are well; naming those that are not. */
export const start = String.raw`SICK=""
is_sick() { case "$SICK " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }

# Whether all that are not healthy have failed their checks or do not run: those that are starting get their time.
all_failed() {
  local member
  for member in "$@"; do
    case "$(health "$member")" in starting | created) return 1 ;; esac
  done
}

# start_members NEEDED MEMBER...: starts them and waits. Those that are not healthy in time are left out and named at the
# end, as long as enough of them are.
start_members() {
  local needed=$1 waited=0 healthy sick member
  shift
  [ $# -gt 0 ] || return 0
  if ! compose up --detach --no-build --no-deps --remove-orphans "$@"; then
    for member in "$@"; do compose up --detach --no-build --no-deps "$member" >/dev/null 2>&1 || true; done
  fi
  while :; do
    healthy=0 sick=""
    for member in "$@"; do
      if [ "$(health "$member")" = healthy ]; then healthy=$((healthy + 1)); else sick="$sick $member"; fi
    done
    [ "$healthy" -lt $# ] || return 0
    [ "$waited" -lt 300 ] || break
    # shellcheck disable=SC2086
    if [ "$healthy" -ge "$needed" ] && [ "$waited" -ge 30 ] && all_failed $sick; then break; fi
    sleep 1
    waited=$((waited + 1))
  done
  [ "$healthy" -ge "$needed" ] || explain_failure
  SICK="$SICK$sick"
}

wait_primary() {
  local _
  for _ in $(seq 60); do
    [ -z "$(leader)" ] || return 0
    sleep 1
  done
}

# A setting that PostgreSQL takes at its start only stays as it was until somebody restarts it.
tell_pending() {
  local node list
  for node in $NODES; do
    list=$(docker exec "{{scope}}-$node" patronictl -c {{run}}/patroni list 2>/dev/null) || continue
    case "$list" in *"Pending restart"*) ;; *) return 0 ;; esac
    say ""
    say "Some settings wait for a restart of PostgreSQL (the column \"Pending restart\"):"
    printf '%s\n' "$list"
    say "Standbys first, then the primary: docker exec {{scope}}-$node patronictl -c {{run}}/patroni restart {{scope}} NODE"
    return 0
  done
}

tell_sick() {
  local service
  [ -n "$SICK" ] || return 0
  printf '\nNot healthy:%s. The others run, and have what changed.\n' "$SICK" >&2
  for service in $SICK; do
    printf '%s is %s. Its last lines:\n' "$service" "$(health "$service")" >&2
    docker logs --tail 10 "{{scope}}-$service" 2>&1 | sed 's/^/    /' >&2
  done
  say 'Fix the cause, then "./cluster up" again.' >&2
  exit 1
}

up() {
  need_engine
  need_processors
  local fresh=0 primary
  BEGUN=$(date -u +%Y-%m-%dT%H:%M:%S)
  if [ -d .applied ]; then
    check_plan
    ask
  else
    refuse_foreign_data
    fresh=1
  fi
  begin
  # What starts now reads the files as they are: should it be interrupted, the next time knows what has changed since.
  [ "$fresh" = 0 ] || remember
  build
  say "starting the cluster"
  # shellcheck disable=SC2086
  {
    start_members {{majority}} $ETCD
    start_members 1 $NODES
    wait_primary
    start_members 1 $BALANCERS
    start_members 1 $POOLERS
  }
  primary=$(leader)
  if [ "$fresh" = 0 ]; then
    reload_changed
    [ -z "$primary" ] || apply_inside "$primary"
  fi
  remember
  [ "$fresh" = 1 ] || { sleep {{patroniRound}}; tell_pending; }
  [ -n "$primary" ] || { explain_no_primary >&2; tell_sick; exit 1; }
  tell_sick
  rm -f .applied/unfinished
  say "The cluster is up: primary $primary. A session through the pooler:"
  say "  cd $PWD && PGSERVICEFILE=pg_service.conf psql service={{firstService}}"
}
`;
