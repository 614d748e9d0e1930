# shellcheck shell=bash
# What a person reads.

# What the programs called here say in full.
readonly LOG=/var/log/matriarch-install-tools.log

# say LABEL [DETAIL]: one aligned line.
say() { printf '%-22s %s\n' "$1" "${2:-}"; }

die() {
  echo "install-tools: $*" >&2
  exit 1
}

# quietly COMMAND…: keeps the output in the log, and shows its end when the command fails.
quietly() {
  "$@" >>"$LOG" 2>&1 && return
  tail -n 20 "$LOG" >&2
  die "failed: $* (all of it: $LOG)"
}

# megabytes BYTES
megabytes() { echo "$(($1 / 1000000)) MB"; }
