# shellcheck shell=sh
# What building Ferry needs beside the .NET SDK, as Debian packages. Sourced by build.sh and by ./test.

# Prints the names of the packages whose telltale file or program is missing, separated by spaces.
missing_packages() {
  needed=
  need() { # PACKAGE FILE-PATTERN…: any match will do
    package=$1
    shift
    for candidate in "$@"; do
      # The pattern is expanded on purpose: libraries lie in a folder named after the architecture.
      # shellcheck disable=SC2086
      set -- $candidate
      [ ! -e "$1" ] || return 0
    done
    needed="$needed $package"
  }
  need gcc /usr/bin/gcc
  need libc6-dev '/usr/include/stdio.h'
  need zlib1g-dev '/usr/include/zlib.h'
  need libsqlite3-dev '/usr/lib/*/libsqlite3.a'
  need liblzma-dev '/usr/lib/*/liblzma.a'
  need libssl3 '/usr/lib/*/libssl.so.3'
  need ca-certificates /etc/ssl/certs/ca-certificates.crt
  printf '%s' "${needed# }"
}

# Installs the packages named in $1 when this user may, otherwise fails.
install_packages() {
  if [ "$(id -u)" = 0 ]; then
    as=
  elif sudo -n true 2>/dev/null; then
    as='sudo -n'
  else
    return 1
  fi
  command -v apt-get >/dev/null || return 1
  # Word splitting is meant: a list of names.
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $as apt-get install --yes --no-install-recommends $1 </dev/null ||
    { $as apt-get update </dev/null && DEBIAN_FRONTEND=noninteractive $as apt-get install --yes \
      --no-install-recommends $1 </dev/null; }
}

# Puts a static shell at $1. Not busybox: its shell runs programs of its own in place of those on the PATH, so builds would
# depend on it, and emulated ones would see this machine's uname. The package is only unpacked, never installed.
static_shell() {
  installed=$(command -v bash-static || true)
  if [ -n "$installed" ]; then
    cp "$installed" "$1"
    return
  fi
  unpacked=$(mktemp -d)
  (
    cd "$unpacked"
    apt-get download bash-static </dev/null || { apt-get update </dev/null && apt-get download bash-static </dev/null; }
    dpkg-deb --extract bash-static_*.deb .
  ) || return 1
  cp "$(find "$unpacked" -path '*/bin/bash-static' -type f)" "$1"
  rm -rf "$unpacked"
}
