# The environment that every derivation's builder starts from. This file opens $stdenv/setup; order.txt names the rest.
# shellcheck shell=bash

set -eu
set -o pipefail
shopt -s inherit_errexit

if ((BASH_VERSINFO[0] < 4)); then
  echo "stdenv needs bash 4 or newer, and runs under $BASH_VERSION" >&2
  exit 1
fi

# Globs that match nothing stay as they are, as in a plain shell: package authors count on it.
shopt -u nullglob
