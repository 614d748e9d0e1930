# shellcheck shell=bash
# The container engine: any that answers is taken as it is; Debian's is installed where none does.

readonly ENGINE_LOG=${ENGINE_LOG:-/var/log/dockerd.log}

# The version of the engine that answers. `docker info` exits 0 without one, `docker version` does not.
probe_engine() { timeout 20 docker version --format 'Docker {{.Server.Version}}' 2>/dev/null; }
advice_engine() { echo "Docker Engine 20.10 or newer, started, and open to this user (docker.io)"; }

install_engine() {
  local packages=(docker.io iptables)
  # A kernel that enforces AppArmor needs the program that loads the engine's profile.
  if [ "$(cat /sys/module/apparmor/parameters/enabled 2>/dev/null)" = Y ]; then packages+=(apparmor); fi
  command -v dockerd >/dev/null || apt_install "${packages[@]}"
  # From Debian 13 on, the client is a package of its own.
  command -v docker >/dev/null || apt_install docker-cli
  start_engine
  wait_for_engine
}

start_engine() {
  if probe_engine >/dev/null; then
    return
  elif [ -d /run/systemd/system ]; then
    echo "systemctl enable --now docker"
    systemctl enable --now docker
  else
    echo "dockerd, in the background; its log is $ENGINE_LOG. No init system runs here: after a restart of this machine, run this again."
    forget_killed_engine
    setsid nohup dockerd </dev/null >>"$ENGINE_LOG" 2>&1 &
  fi
}

# A daemon that was killed leaves its process id behind; when another process has that id by now, dockerd refuses to start.
forget_killed_engine() {
  local file process
  for file in /var/run/docker.pid /var/run/docker/containerd/containerd.pid; do
    [ -f "$file" ] || continue
    process=$(cat "/proc/$(cat "$file")/comm" 2>/dev/null || true)
    case $process in dockerd | containerd) ;; *) rm -f "$file" ;; esac
  done
}

wait_for_engine() {
  local second
  for second in {1..60}; do
    probe_engine >/dev/null && return
    sleep 1
  done
  if [ -f "$ENGINE_LOG" ]; then tail -n 15 "$ENGINE_LOG" >&2; fi
  die "the engine does not answer after $second seconds. Its log: $ENGINE_LOG, or journalctl -u docker"
}
