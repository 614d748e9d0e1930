# shellcheck shell=bash
# Debian's packages: which there are, and where this machine gets them.

# shellcheck disable=SC2034  # for the parts that speak to Debian's mirrors themselves
readonly KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# of_this_system FIELD: such as ID=debian, VERSION_CODENAME=trixie; nothing where the system does not say.
of_this_system() { sed -n "s/^$1=//p" /etc/os-release 2>/dev/null | tr -d '"'; }

is_debian() { [[ " $(of_this_system ID) $(of_this_system ID_LIKE) " == *" debian "* ]]; }
is_pure_debian() { [ "$(of_this_system ID)" = debian ]; }

# Package lists are fetched once, and only when something has to be installed.
apt_update() {
  [ -n "${apt_is_updated:-}" ] && return
  echo "apt-get update"
  quietly apt-get --quiet update
  apt_is_updated=1
}

apt_install() {
  apt_update
  echo "apt-get install $*"
  DEBIAN_FRONTEND=noninteractive quietly apt-get --quiet --yes --no-install-recommends install "$@"
}

# The version that apt would install; fails when there is no such package.
apt_candidate() {
  local version
  version=$(LC_ALL=C apt-cache policy "$1" | sed -n 's/^ *Candidate: //p')
  [ -n "$version" ] && [ "$version" != "(none)" ] && echo "$version"
}

# mirror_of SUITE: where this machine's own apt sources get that suite of Debian's; nothing when they do not.
mirror_of() {
  # The braces are apt's, not the shell's.
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk -v suite="$1" '$1 == suite && $2 == "main" && !seen++ { print $3 }'
}

# A Debian machine's mirror serves the other releases too. Ubuntu's has none of them: there the variables have to say.
debian_mirror() {
  if [ -n "${DEBIAN_MIRROR:-}" ]; then
    echo "$DEBIAN_MIRROR"
  elif is_pure_debian; then
    mirror_of "$(of_this_system VERSION_CODENAME)"
  fi
}

debian_security_mirror() {
  if [ -n "${DEBIAN_SECURITY_MIRROR:-}" ]; then
    echo "$DEBIAN_SECURITY_MIRROR"
  elif is_pure_debian; then
    mirror_of "$(of_this_system VERSION_CODENAME)-security"
  fi
}
