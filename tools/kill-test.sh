#!/usr/bin/env bash
# Kills a build with SIGKILL at random instants, again and again, and then shows that nothing was harmed: after every
# kill the store's database agrees with its files, in the end the build completes, all contents have their hashes, and
# neither a process nor a build directory is left.
#
#   tools/kill-test.sh [--kills N] [--within SECONDS] [--seed N] [--warm INSTALLABLE] STORE INSTALLABLE
#
# A quarter of the kills falls on the empty store. Then the installable of --warm is built, so that the other kills
# fall on the builder itself rather than on what it needs; when a build was faster than its kill, what is killed from then on is a
# rebuild. FERRY names the program, ./ferry if it is unset.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
ferry=${FERRY:-$root/ferry}
kills=20 within=60 seed=1 warm=
while [[ $# -gt 2 ]]; do
  case $1 in
    --kills) kills=$2 ;;
    --within) within=$2 ;;
    --seed) seed=$2 ;;
    --warm) warm=$2 ;;
    *) echo "unknown option '$1'" >&2 && exit 2 ;;
  esac
  shift 2
done
store=$1 installable=$2
RANDOM=$seed

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

build() { "$ferry" build --store "$store" --no-link "$@"; }

verify() { "$ferry" nix-store --store "$store" --verify "$@"; }

kill_once() { # kill_once NUMBER SECONDS
  local milliseconds=$((RANDOM * 32768 + RANDOM))
  local -a rebuild=()
  ! "$ferry" path-info --store "$store" "$installable" >/dev/null 2>&1 || rebuild=(--rebuild)
  milliseconds=$((milliseconds % ($2 * 1000)))
  # Not by the function: a shell would take the blow.
  "$ferry" build --store "$store" --no-link "${rebuild[@]}" "$installable" >/dev/null 2>&1 &
  local victim=$!
  sleep "$(printf '%d.%03d' $((milliseconds / 1000)) $((milliseconds % 1000)))"
  if kill -KILL "$victim" 2>/dev/null; then
    wait "$victim" 2>/dev/null || true
    echo "kill $1 after $milliseconds ms"
  else
    wait "$victim" || fail "the build ended by itself with an error before kill $1"
    echo "kill $1 after $milliseconds ms came too late: the build was done"
  fi
  verify || fail "the store does not verify after kill $1"
}

cold=$((kills / 4))
for ((number = 1; number <= cold; number++)); do kill_once "$number" "$within"; done
[[ -z $warm ]] || build "$warm"
for ((number = cold + 1; number <= kills; number++)); do kill_once "$number" "$within"; done

started=$SECONDS
build "$installable" || fail "the build does not complete"
echo "the build completed in $((SECONDS - started)) s"
verify --check-contents || fail "contents of the store have changed"
builds=$store/nix/var/nix/builds
if [[ -d $builds ]] && [[ -n $(find "$builds" -mindepth 1 -maxdepth 1 -print -quit) ]]; then
  fail "build directories are left in '$builds'"
fi
# A builder's processes have its build directory, or the store, in their arguments or as their root.
! pgrep --full -- "--store $store" || fail "processes are left"
echo "ok: $kills kills, the store verifies, nothing is left"
