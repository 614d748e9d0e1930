import type { AuthScript } from "./model.ts";

/** One word of a POSIX shell. */
export function quoteShell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The text of `enable-auth.sh`. What it does, and why, stands in the script itself: that is where it is read. */
export function formatAuthScript(script: AuthScript): string {
  const { rootUser: root, patroniUser: patroni } = script;
  return String.raw`#!/bin/sh
# Rendered by Matriarch from the topology: change that, not this.
#
# Turns on etcd's authentication and keeps its users as the topology says. Every member runs this at each start, all at
# the same time: whoever comes first does the work, the others find it done. It can be run again whenever one likes.
#
# curl reads the passwords from files and the token from its standard input: they stand in no argument, no environment
# and no log. This member's server certificate serves as client certificate; it has no CN, which etcd would refuse here.
set -eu

certificate=${quoteShell(script.certificate)}
key=${quoteShell(script.key)}
authority=${quoteShell(script.authority)}
secrets=${quoteShell(script.secrets)}
marker=${quoteShell(script.marker)}
url=${quoteShell(script.url)}
prefix=${quoteShell(script.prefix)}

token=''
answer=''
said=''

# say TEXT DETAIL: on one line, and once, however often it is tried.
say() {
  [ "$1" = "$said" ] || printf 'enable-auth: %s %s\n' "$1" "$(printf '%s' "$2" | tr '\n' ' ')" >&2
  said=$1
}

# call METHOD BODY: asks etcd's JSON gateway, leaves what it says in $answer, and fails when that is an error.
# The token is empty, and its header not sent, while authentication is off.
call() {
  answer=$(printf 'Authorization: %s\n' "$token" | curl --silent --show-error --fail-with-body --max-time 5 \
    --noproxy '*' --cacert "$authority" --cert "$certificate" --key "$key" --header @- --data "$2" "$url/v3/$1" 2>&1)
}

without_blanks() {
  printf '%s' "$1" | tr -d ' '
}

# told TEXT: whether the last answer holds the text, whatever blanks the gateway puts into its JSON (builds differ).
told() {
  case $(without_blanks "$answer") in *"$(without_blanks "$1")"*) ;; *) return 1 ;; esac
}

# log_in FILE: takes a token, if the password in the file is the one that etcd has.
log_in() {
  token=''
  call auth/authenticate "@$secrets/$1" || return 1
  token=$(printf '%s' "$answer" | sed -n 's/.*"token": *"\([^"]*\)".*/\1/p')
  [ -n "$token" ]
}

# change_root: etcd lets a password be changed by who knows the old one only, so that one is kept beside the new.
change_root() {
  [ -e "$secrets/${root}.json.before" ] && log_in ${root}.json.before &&
    call auth/user/changepw "@$secrets/${root}.json" && log_in ${root}.json
}

# set_password USER: makes the user, or gives the one that is there the password in its file.
set_password() {
  call auth/user/add "@$secrets/$1.json" || call auth/user/changepw "@$secrets/$1.json"
}

# give_role USER ROLE
give_role() {
  { call auth/user/get '{"name":"'"$1"'"}' && told '"roles":["'"$2"'"]'; } ||
    call auth/user/grant '{"user":"'"$1"'","role":"'"$2"'"}'
}

# make_role ROLE: the answer then tells what the role may do.
make_role() {
  call auth/role/get '{"role":"'"$1"'"}' || call auth/role/add '{"name":"'"$1"'"}'
}

base64_of() {
  printf '%s' "$1" | base64 | tr -d '\n'
}

# make_patroni_role: it reads and writes every key from the prefix up to, and without, the prefix with its last byte,
# "/", raised by one, which is "0".
make_patroni_role() {
  make_role ${patroni} || return 1
  permission='"key":"'$(base64_of "$prefix")'","range_end":"'$(base64_of "$(printf '%s' "$prefix" | sed 's|/$|0|')")'"'
  told '{"permType":"READWRITE",'"$permission"'}' ||
    call auth/role/grant '{"name":"${patroni}","perm":{"permType":"READWRITE",'"$permission"'}}'
}

first_time() {
  set_password ${root} && make_role ${root} && give_role ${root} ${root} &&
    set_password ${patroni} && make_patroni_role && give_role ${patroni} ${patroni} &&
    call auth/enable '{}'
}

# A token of root's is at hand. Only what differs is written: every change makes etcd reject the tokens in use.
bring_up_to_date() {
  make_patroni_role || return 1
  root_token=$token
  log_in ${patroni}.json || { token=$root_token; set_password ${patroni}; } || return 1
  token=$root_token
  give_role ${patroni} ${patroni}
}

# Logging in as root tells all there is to know: whether etcd answers, whether authentication is on, whether root's
# password is the one in the file.
converge() {
  if ! log_in ${root}.json; then
    if told 'authentication is not enabled'; then
      # "user name is empty": another member has turned it on meanwhile.
      first_time || told 'user name is empty' || { say 'etcd refused a step of the set-up:' "$answer"; return 1; }
      log_in ${root}.json || return 1
    elif told 'invalid user ID or password'; then
      change_root || {
        say 'etcd refuses the password in ${root}.json: it still has the one before. Put that back into ETCD_ROOT_PASSWORD, or log in with it and change it: etcdctl --user ${root} user passwd ${root}.' ''
        return 1
      }
    else
      say 'etcd does not answer yet: a majority of its members has to run.' "$answer"
      return 1
    fi
  fi
  if ! bring_up_to_date || ! log_in ${patroni}.json; then
    say 'etcd refused to bring ${patroni} up to date:' "$answer"
    return 1
  fi
}

rm -f "$marker"
tries=0
until converge; do
  tries=$((tries + 1))
  # A minute at a brisk pace for a cluster that is starting; after that somebody has to act first.
  if [ "$tries" -lt 60 ]; then sleep 1; else sleep 15; fi
done
touch "$marker"
say 'authentication is on; ${root} and ${patroni} can log in.' ''
`;
}
