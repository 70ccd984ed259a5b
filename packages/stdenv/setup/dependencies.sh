# Dependencies: six kinds, by where a dependency runs (its host) and what it emits for (its target), both relative to
# the package: -1 build, 0 host, 1 target. Each kind is collected with everything that it propagates, then activated: its
# setup hook is read and its programs join PATH.
#
#   host  target  list of the package       collected in       propagated through nix-support/…
#   -1    -1      depsBuildBuild            pkgsBuildBuild     propagated-build-build-deps
#   -1     0      nativeBuildInputs         pkgsBuildHost      propagated-native-build-inputs
#   -1     1      depsBuildTarget           pkgsBuildTarget    propagated-build-target-deps
#    0     0      depsHostHost              pkgsHostHost       propagated-host-host-deps
#    0     1      buildInputs               pkgsHostTarget     propagated-build-inputs
#    1     1      depsTargetTarget          pkgsTargetTarget   propagated-target-target-deps
# shellcheck shell=bash

declare -a pkgsBuildBuild=() pkgsBuildHost=() pkgsBuildTarget=()
declare -a pkgsHostHost=() pkgsHostTarget=() pkgsTargetTarget=()

_dependencyKinds=(
  "-1 -1 pkgsBuildBuild propagated-build-build-deps"
  "-1 0 pkgsBuildHost propagated-native-build-inputs"
  "-1 1 pkgsBuildTarget propagated-build-target-deps"
  "0 0 pkgsHostHost propagated-host-host-deps"
  "0 1 pkgsHostTarget propagated-build-inputs"
  "1 1 pkgsTargetTarget propagated-target-target-deps"
)

# Name of the array for a kind.
_collectionOf() {
  local kind
  for kind in "${_dependencyKinds[@]}"; do
    if [[ $kind == "$1 $2 "* ]]; then
      read -r _ _ collection _ <<<"$kind"
      return 0
    fi
  done
  return 1
}

declare -A _collected=()

# findInputs PACKAGE HOST TARGET: adds a package of the given kind and what follows from it.
findInputs() {
  local package=$1 host=$2 target=$3 collection
  _collectionOf "$host" "$target" || return 0
  [[ -z ${_collected[$collection $package]-} ]] || return 0
  _collected[$collection $package]=1
  if [[ ! -e $package ]]; then
    echo "build input $package does not exist" >&2
    exit 1
  fi
  local -n members=$collection
  members+=("$package")
  unset -n members

  local kind propagatedHost propagatedTarget file next nextHost nextTarget
  for kind in "${_dependencyKinds[@]}"; do
    read -r propagatedHost propagatedTarget _ file <<<"$kind"
    file=$package/nix-support/$file
    [[ -f $file ]] || continue
    # What the dependency calls its host is our `host`, and what it calls its target is our `target`.
    _mapOffset nextHost "$propagatedHost" "$host" "$target"
    _mapOffset nextTarget "$propagatedTarget" "$host" "$target"
    if ((nextHost < -1 || nextHost > 1 || nextTarget < -1 || nextTarget > 1)); then
      continue
    fi
    while read -r -d ' ' next || [[ -n $next ]]; do
      [[ -z $next ]] || findInputs "${next//$'\n'/}" "$nextHost" "$nextTarget"
    done <"$file"
  done
}

# _mapOffset VARIABLE OFFSET HOST TARGET: no sub-shell, since this runs for every propagated file.
_mapOffset() {
  local -n mapped=$1
  if (($2 <= 0)); then
    mapped=$(($2 + $3))
  else
    mapped=$(($2 - 1 + $4))
  fi
}

# _collectInputs HOST TARGET NAME…: the lists may be strings or arrays.
_collectInputs() {
  local host=$1 target=$2 package packages=()
  shift 2
  concatTo packages "$@"
  for package in ${packages+"${packages[@]}"}; do
    findInputs "$package" "$host" "$target"
  done
}

# Names that a setup hook sees while it runs: which role its package plays for the one being built.
# shellcheck disable=SC2034 # role_post is the result
_setRole() {
  case $1 in
    -1) role_post=_FOR_BUILD ;;
    0) role_post= ;;
    1) role_post=_FOR_TARGET ;;
  esac
}
getHostRole() { _setRole "$hostOffset"; }
getTargetRole() { _setRole "$targetOffset"; }
getHostRoleEnvHook() { _setRole "$depHostOffset"; }
getTargetRoleEnvHook() { _setRole "$depTargetOffset"; }

# markToolForRole KIND SALT: says for which role a wrapped tool is in use: NIX_KIND_TARGET_{BUILD,HOST,TARGET}_SALT=1.
markToolForRole() {
  case $targetOffset in
    -1) export "NIX_$1_TARGET_BUILD_$2=1" ;;
    0) export "NIX_$1_TARGET_HOST_$2=1" ;;
    1) export "NIX_$1_TARGET_TARGET_$2=1" ;;
  esac
}

# addEnvHooks HOST FUNCTION…: calls the functions for every dependency that runs on HOST, with its path.
addEnvHooks() {
  local offset=$1
  shift
  case $offset in
    -1) envBuildHostHooks+=("$@") envBuildBuildHooks+=("$@") envBuildTargetHooks+=("$@") ;;
    0) envHostHostHooks+=("$@") envHostTargetHooks+=("$@") ;;
    1) envTargetTargetHooks+=("$@") ;;
  esac
}

declare -a envBuildBuildHooks=() envBuildHostHooks=() envBuildTargetHooks=()
declare -a envHostHostHooks=() envHostTargetHooks=() envTargetTargetHooks=()
