/** The part of the operator's script that dumps and restores databases. */
export const dumpCommands = String.raw`# --- Dumps. pg_dump and pg_restore of the cluster's own version, on the primary's node and over its local socket: complete,
# --- without a password, and never through the pooler, whose sessions they would leave without a search_path.

at_primary() { docker exec --interactive --env PGAPPNAME="cluster-$$" "{{scope}}-$primary" "$@"; }
# SQL from stdin, as the superuser; variables as psql's -v.
sql() { at_primary psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }

# Where no node is primary there is nothing to dump from; what starts here ends on the server, too, if it is interrupted.
need_primary() {
  need_engine
  primary=$(leader)
  [ -n "$primary" ] || fail "no node is primary. See ./cluster status."
  trap 'exit 130' INT TERM HUP
}

end_sessions() {
  echo "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = :'mine' AND pid <> pg_backend_pid()" |
    sql -v mine="cluster-$$" >/dev/null 2>&1 || true
}

database_exists() {
  echo "SELECT 1 FROM pg_database WHERE datname = :'name'" | sql -v name="$1" | grep -q 1
}

database_list() { echo "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY 1" | sql | xargs; }

from_caller() { case "$1" in /*) say "$1" ;; *) say "$CALLED_FROM/$1" ;; esac; }

# Shows a figure of what runs in the background, where a person watches; gives what that ended with.
follow() {
  local pid=$1
  shift
  while kill -0 "$pid" 2>/dev/null; do
    [ ! -t 2 ] || printf '\r%s: %s ' "$1" "$("$2" "$3" 2>/dev/null)" >&2
    sleep 1
  done
  [ ! -t 2 ] || printf '\n' >&2
  wait "$pid"
}

file_size() { du -h "$1" | cut -f 1; }
database_size() { echo "SELECT pg_size_pretty(pg_database_size(:'name'))" | sql -v name="$1"; }

dump() {
  local database file='' primary
  need_primary
  [ $# -gt 0 ] || fail "dump takes a database, one of: $(database_list)"
  database=$1
  shift
  case "$#:$*" in 0:* | *:--*) ;; *) file=$1; shift ;; esac
  [ $# -eq 0 ] || { [ "$1" = -- ] || fail "options of pg_dump come after --"; shift; }
  database_exists "$database" || fail "there is no database $database. There are: $(database_list)"
  if [ "$file" = - ]; then
    trap end_sessions EXIT
    at_primary {{bin}}/pg_dump --format=custom "$@" --dbname="$database" </dev/null || fail "$database was not dumped."
    trap - EXIT
  else
    dump_to_file "$database" "$file" "$@"
  fi
}

# A dump has its name only when it is whole: until then another one, and what is there already is never overwritten.
dump_to_file() {
  local database=$1 file
  file=$(from_caller "$2")
  shift 2
  [ ! -d "$file" ] || file="$(cd "$file" && pwd)/$database-$(date -u +%Y%m%dT%H%M%SZ).dump"
  [ ! -e "$file" ] || fail "$file exists: nothing was dumped. Choose another name."
  # It holds everything that the database holds: for its owner only.
  partial=$(umask 077 && mktemp "$file.XXXXXX") || fail "no file can be written there: nothing was dumped."
  trap 'end_sessions; rm -f "$partial"' EXIT
  at_primary {{bin}}/pg_dump --format=custom "$@" --dbname="$database" </dev/null >"$partial" &
  follow $! "$database" file_size "$partial" || fail "$database was not dumped; the lines above say why."
  if is_archive "$partial"; then
    at_primary {{bin}}/pg_restore --list <"$partial" >/dev/null || fail "what was dumped cannot be read back."
  fi
  sync "$partial"
  ln "$partial" "$file" || fail "nothing was dumped."
  rm -f "$partial"
  trap - EXIT
  say "$database is dumped to $file ($(file_size "$file"))."
}

is_archive() { [ "$(head -c 5 "$1" | tr -d '\0')" = PGDMP ]; }

restore() {
  local file database fresh before primary
  need_primary
  [ $# -ge 2 ] || fail "restore takes a file and a database: ./cluster restore FILE DATABASE [-- PG_RESTORE_OPTION...]"
  file=$(from_caller "$1")
  database=$2
  shift 2
  [ $# -eq 0 ] || { [ "$1" = -- ] || fail "options of pg_restore come after --"; shift; }
  [ -f "$file" ] && [ -r "$file" ] || fail "$file cannot be read."
  is_archive "$file" || fail "$file is not in pg_dump's custom format, which ./cluster dump writes. A file of SQL: psql, by the service $database-direct-rw."
  case "$database" in
    postgres | template0 | template1) fail "$database cannot be replaced. Choose another name, and take from there what you need." ;;
  esac
  at_primary {{bin}}/pg_restore --list <"$file" >/dev/null || fail "$file cannot be read: it is cut off, or of a newer PostgreSQL."
  fresh="$(printf %.40s "$database")_restoring"
  before="$(printf %.40s "$database")_before_$(date -u +%Y%m%d%H%M%S)"
  confirm_restore
  trap 'end_sessions; drop_fresh' EXIT
  drop_fresh
  # Of the empty template: what the other template holds would be there twice.
  echo 'CREATE DATABASE :"fresh" TEMPLATE template0' | sql -v fresh="$fresh" || fail "nothing was restored."
  at_primary {{bin}}/pg_restore --exit-on-error "$@" --dbname="$fresh" <"$file" &
  follow $! "$database" database_size "$fresh" || fail "nothing was restored, and $database is as it was; the lines above say why.
A role that does not exist: declare it under \"roles\" in the topology, render and ./cluster up; or pass -- --no-owner --no-privileges.
An extension that is not there: name it under \"extensions\"."
  # A dump has no statistics: without them the first queries would be planned blindly.
  echo 'ANALYZE' | sql -d "$fresh" || fail "nothing was restored."
  put_in_place
  trap - EXIT
  apply_database_settings
  docker exec "{{scope}}-$primary" "/etc/matriarch/rendered/current/$primary/bootstrap.sh" >/dev/null || fail "$database is restored; its privileges are not set: ./cluster up"
  say "$database is restored from $file."
  if database_exists "$before"; then
    say "What it was before is kept as $before. When it is no longer needed:"
    say "  docker exec {{scope}}-$primary psql -c 'DROP DATABASE \"$before\"'"
  fi
}

confirm_restore() {
  local question="This creates the database $database."
  if database_exists "$database"; then
    question="This replaces the database $database ($(database_size "$database")) and ends its sessions; what it is now is kept as $before."
  fi
  [ "$(printenv FORCE || true)" != 1 ] || return 0
  [ -t 0 ] || fail "$question Say FORCE=1 to have it done."
  read -r -p "$question Type its name to go on: " answer
  [ "$answer" = "$database" ] || fail "nothing was restored."
}

drop_fresh() { echo 'DROP DATABASE IF EXISTS :"fresh" WITH (FORCE)' | sql -v fresh="$fresh" 2>/dev/null || true; }

# Both names change in one transaction. Only who is connected at this moment notices.
put_in_place() {
  if ! database_exists "$database"; then
    echo 'ALTER DATABASE :"fresh" RENAME TO :"name"' | sql -v fresh="$fresh" -v name="$database" || fail "nothing was restored."
    return
  fi
  sql -v fresh="$fresh" -v name="$database" -v before="$before" <<'EOF' || { reopen; fail "nothing was restored, and $database is as it was."; }
ALTER DATABASE :"name" ALLOW_CONNECTIONS false;
SELECT count(pg_terminate_backend(pid, 10000)) AS ended FROM pg_stat_activity WHERE datname = :'name' AND backend_type <> 'autovacuum worker' \gset
BEGIN;
SELECT format('ALTER DATABASE %I OWNER TO %I', :'fresh', pg_get_userbyid(datdba)) FROM pg_database WHERE datname = :'name' \gexec
ALTER DATABASE :"name" RENAME TO :"before";
ALTER DATABASE :"fresh" RENAME TO :"name";
COMMIT;
EOF
}

reopen() { echo 'ALTER DATABASE :"name" ALLOW_CONNECTIONS true' | sql -v name="$database" || true; }

# What ALTER DATABASE ... SET has set, where the dump is of a database of this name: it is no part of its contents.
apply_database_settings() {
  local list settings
  list=$(at_primary {{bin}}/pg_restore --create --list <"$file")
  settings=$(grep ' DATABASE PROPERTIES ' <<<"$list") || return 0
  grep -q "^;  *dbname: $database\$" <<<"$list" || return 0
  at_primary sh -c 'cat > /tmp/cluster-restore.list' <<<"$settings"
  # pg_restore writes CREATE DATABASE before them, whatever the list says: that it is there already is no error here.
  at_primary {{bin}}/pg_restore --create --use-list=/tmp/cluster-restore.list --file=- <"$file" |
    sql -v ON_ERROR_STOP=0 -d postgres 2>&1 >/dev/null | grep -v " already exists\$" >&2 || true
  at_primary rm -f /tmp/cluster-restore.list
}`;
