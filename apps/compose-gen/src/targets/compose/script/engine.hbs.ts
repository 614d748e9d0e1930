/** Which engine and which project the script speaks to, whatever its environment says. */
export const engine = String.raw`# What the environment says about other projects is not about this one.
for variable in $(compgen -v COMPOSE_); do unset "$variable"; done
unset DOCKER_DEFAULT_PLATFORM

compose() {
  docker compose --project-name {{scope}} --project-directory . --env-file /dev/null --file rendered/current/compose.yaml "$@"
}

# Volumes of this cluster, and whether one of its containers runs.
volumes() { docker volume ls --quiet --filter label=com.docker.compose.project={{scope}}; }
runs() { docker ps --quiet --filter label=com.docker.compose.project={{scope}} | grep -q .; }

# The bundle is mounted from this machine; an engine elsewhere would find nothing there.
tell_engine() {
  local host context
  host=$(printenv DOCKER_HOST || true)
  context=$(docker context show 2>/dev/null || true)
  case "$host" in
    "" | unix://*) case "$context" in "" | default) ;; *) say "note: this is about the engine of the Docker context $context" >&2 ;; esac ;;
    *) say "note: this is about the engine at $host (DOCKER_HOST)" >&2 ;;
  esac
}

need_engine() {
  docker info >/dev/null 2>&1 || fail "no container engine answers. Start it (systemctl start docker), or install one."
  docker compose version >/dev/null 2>&1 || fail "the engine has no Compose v2. Install the compose plugin."
  tell_engine
}
`;
