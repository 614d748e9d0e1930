# shellcheck shell=bash
# The image that every other is built on: from a registry where one answers, else made here from Debian's packages.

readonly BASE_IMAGE=${BASE_IMAGE:-debian:trixie-slim}
readonly RELEASE=trixie
readonly PULL_TIMEOUT=${PULL_TIMEOUT:-180}

probe_base_image() {
  local bytes
  bytes=$(docker image inspect --format '{{.Size}}' "$BASE_IMAGE" 2>/dev/null) && echo "$BASE_IMAGE, $(megabytes "$bytes")"
}
advice_base_image() { echo "docker pull $BASE_IMAGE"; }

install_base_image() {
  echo "docker pull $BASE_IMAGE"
  if timeout "$PULL_TIMEOUT" docker pull --quiet "$BASE_IMAGE"; then return; fi
  echo "No registry answers: making the image from Debian's packages"
  make_base_image
}

make_base_image() (
  command -v debootstrap >/dev/null || apt_install debootstrap
  apt_install debian-archive-keyring
  # Not in /tmp, which is often mounted without device files or programs.
  root=$(mktemp --directory /var/tmp/matriarch-base.XXXXXX)
  # One file system: a mount that an interrupted debootstrap left behind is not emptied.
  trap 'rm -r --one-file-system "$root"' EXIT
  chmod 0755 "$root"
  unpack_debian "$root"
  slim "$root"
  import_image "$root"
)

unpack_debian() {
  local root=$1 mirror security options=(--variant=minbase --keyring="$KEYRING")
  mirror=$(debian_mirror)
  security=$(debian_security_mirror)
  # apt in the image speaks to the same mirrors.
  if [[ "$mirror $security" == *https:* ]]; then options+=(--include=ca-certificates); fi
  echo "debootstrap $RELEASE (half a minute)"
  quietly debootstrap "${options[@]}" "$RELEASE" "$root" ${mirror:+"$mirror"}
  # Without a mirror of ours debootstrap took its default: the image keeps it.
  write_sources "$root" "${mirror:-$(awk '/^deb / && !seen++ { print $2 }' "$root/etc/apt/sources.list")}" "$security"
  write_policies "$root"
  if [ -z "$security" ]; then
    echo "Without security updates: no mirror is known for them, DEBIAN_SECURITY_MIRROR can name one"
    return
  fi
  echo "security updates"
  quietly chroot "$root" apt-get --quiet update
  quietly chroot "$root" apt-get --quiet --yes upgrade
}

write_sources() {
  local root=$1 mirror=$2 security=$3
  rm -f "$root/etc/apt/sources.list"
  {
    printf 'Types: deb\nURIs: %s\nSuites: %s %s-updates\nComponents: main\nSigned-By: %s\n' "$mirror" "$RELEASE" "$RELEASE" "$KEYRING"
    if [ -n "$security" ]; then
      printf '\nTypes: deb\nURIs: %s\nSuites: %s-security\nComponents: main\nSigned-By: %s\n' "$security" "$RELEASE" "$KEYRING"
    fi
  } >"$root/etc/apt/sources.list.d/debian.sources"
}

# What the images in registries do as well: no service starts while packages are installed, and nothing stays that only people read.
write_policies() {
  local root=$1
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod 0755 "$root/usr/sbin/policy-rc.d"
  cat >"$root/etc/apt/apt.conf.d/container" <<'END'
Acquire::Languages "none";
Apt::AutoRemove::SuggestsImportant "false";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb || true"; };
END
  cat >"$root/etc/dpkg/dpkg.cfg.d/container" <<'END'
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/info/*
path-exclude /usr/share/lintian/*
path-exclude /usr/share/locale/*
path-include /usr/share/locale/locale.alias
path-exclude /usr/share/man/*
END
}

# Removes what was unpacked before the policies stood, the traces of this machine, and what apt fetches again.
slim() {
  local share="$1/usr/share"
  find "$share/doc" ! -type d ! -name copyright -delete
  find "$share/locale" ! -type d ! -name locale.alias -delete
  find "$share/doc" "$share/locale" -mindepth 1 -type d -empty -delete
  rm -rf "$share"/man/* "$share"/info/* "$share"/lintian
  rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/* "$1"/var/cache/debconf/*-old "$1"/var/lib/dpkg/*-old "$1"/var/cache/ldconfig/*
  find "$1/var/log" -type f -delete
  rm -f "$1/etc/hostname"
  : >"$1/etc/resolv.conf"
  : >"$1/etc/machine-id"
}

import_image() {
  echo "docker import $BASE_IMAGE"
  tar --directory "$1" --sort=name --numeric-owner --one-file-system --exclude='./dev/*' --create . |
    docker import --change 'CMD ["bash"]' --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
      --message "debootstrap $RELEASE" - "$BASE_IMAGE" >/dev/null
}
