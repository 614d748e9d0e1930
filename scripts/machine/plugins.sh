# shellcheck shell=bash
# The client's plugins Compose (version 2) and buildx. Debian 12 has neither; Debian 13's are static programs, so they run there.

# Clients from Debian and from elsewhere all look here.
readonly PLUGIN_DIR=${PLUGIN_DIR:-/usr/local/lib/docker/cli-plugins}

probe_compose() { docker compose version 2>/dev/null; }
install_compose() { install_plugin docker-compose 2 docker-compose-plugin docker-compose-v2 docker-compose; }
advice_compose() { echo "the plugin of version 2, for docker compose (docker-compose-plugin, docker-compose-v2, or docker-compose >= 2)"; }

probe_buildx() { docker buildx version 2>/dev/null; }
install_buildx() { install_plugin docker-buildx 0 docker-buildx-plugin docker-buildx; }
advice_buildx() { echo "the plugin for docker buildx (docker-buildx-plugin or docker-buildx)"; }

# install_plugin PROGRAM MINIMUM PACKAGE…: the first package that is new enough, else the program out of Debian 13's package.
install_plugin() {
  local program=$1 minimum=$2 package version
  apt_update
  for package in "${@:3}"; do
    version=$(apt_candidate "$package") || continue
    if dpkg --compare-versions "$version" ge "$minimum"; then
      apt_install "$package"
      return
    fi
  done
  unpack_plugin "$program"
}

unpack_plugin() (
  program=$1
  folder=$(mktemp --directory)
  trap 'rm -r "$folder"' EXIT
  echo "$program of Debian $RELEASE into $PLUGIN_DIR"
  # Its keys may be younger than this machine.
  apt_install debian-archive-keyring
  download_from_release "$program" "$folder"
  dpkg-deb --extract "$folder"/"$program"_*.deb "$folder/unpacked"
  install -D --mode=0755 "$folder/unpacked/usr/libexec/docker/cli-plugins/$program" "$PLUGIN_DIR/$program"
)

# download_from_release PACKAGE FOLDER: with lists and settings of its own, so that the machine's apt never sees another release.
download_from_release() {
  local package=$1 folder=$2 mirror
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || die "no mirror of Debian in this machine's apt sources: set DEBIAN_MIRROR"
  mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
  echo "deb [signed-by=$KEYRING] $mirror $RELEASE main" >"$folder/sources.list"
  local options=(
    -o Dir::Etc::sourcelist="$folder/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null
    -o Dir::State::lists="$folder/lists" -o Dir::Cache="$folder/cache" -o APT::Sandbox::User=root
  )
  quietly apt-get "${options[@]}" --quiet update
  (cd "$folder" && quietly apt-get "${options[@]}" --quiet download "$package")
}
