/** What a change disturbs: computed when it was rendered, told and asked for here. */
export const plan = String.raw`# plans/GENERATION was computed by "render", from the generation that was applied then. Nothing is decided here.
plan() { printf 'plans/%s' "$(readlink rendered/current)"; }
applied_facts() { sha256sum < .applied/members.json | cut -d ' ' -f 1; }

# What is rendered may be put in force where what is applied is what it was compared with.
check_plan() {
  local from again
  again="Render again (compose-gen render TOPOLOGY --out $PWD), which compares the two, then ./cluster up."
  [ -f .applied/members.json ] || fail "an older Matriarch started this cluster. $again"
  if cmp -s .applied/members.json rendered/current/members.json && [ ! -e .applied/unfinished ]; then return; fi
  [ -f "$(plan)" ] || fail "$(plan) is missing: what this change does is not known. $again"
  from=$(sed -n 's/^from //p' "$(plan)")
  if [ "$from" != "$(applied_facts)" ] && [ "$from" != "$(cat .applied/unfinished 2>/dev/null)" ]; then
    fail "what is applied is not what this was rendered for. $again"
  fi
  if grep -qx stopped "$(plan)" && runs; then
    fail "this was rendered for a stopped cluster, and it runs: ./cluster down, then ./cluster up."
  fi
}

# What ends sessions or leaves a member out for a while.
disturbances() {
  local service
  if ! cmp -s .applied/members.json rendered/current/members.json || [ -e .applied/unfinished ]; then
    grep -E '^(remove|recreate|restart) ' "$(plan)" || true
  fi
  for service in $ETCD; do
    if changed "$service" && ! grep -qE "^(recreate|restart) $service " "$(plan)" 2>/dev/null; then
      say "restart $service its passwords or certificates changed"
    fi
  done
}

ask() {
  local steps answer
  steps=$(disturbances)
  [ -n "$steps" ] && runs || return 0
  say "This change disturbs what runs:"
  printf '%s\n' "$steps" | sed 's/^/  /'
  [ "$YES" != 1 ] || return 0
  [ -t 0 ] || fail "nothing was changed. Where nobody can be asked: ./cluster up --yes, or YES=1."
  read -r -p "Go on? [y/N] " answer
  case "$answer" in y | Y | yes) ;; *) fail "nothing was changed." ;; esac
}

# From here on the volumes of this generation may exist: it is what later changes are compared with.
begin() {
  mkdir -p .applied
  if [ -f .applied/members.json ] && ! cmp -s .applied/members.json rendered/current/members.json; then applied_facts > .applied/unfinished; fi
  if [ -f rendered/current/members.json ]; then cp -f rendered/current/members.json .applied/members.json; fi
  if [ -f ledger.json ]; then cp -f ledger.json .applied/ledger.json; fi
  rm -f .applied/stopped .applied/forgotten
}
`;
