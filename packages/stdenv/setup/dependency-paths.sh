# Activation of the collected dependencies: PATH, setup hooks, and then each of them shown to every environment hook.
# shellcheck shell=bash

# Programs of dependencies come before the tools that every build has.
_PATH=
_XDG_DATA_DIRS=
_HOST_PATH=

# activatePackage PATH HOST TARGET
activatePackage() {
  local package=$1
  # Setup hooks read these two through getHostRole and getTargetRole.
  # shellcheck disable=SC2034
  local -r hostOffset=$2 targetOffset=$3

  if [[ -f $package ]]; then
    # A dependency that is a file is a setup hook by itself.
    _evaluateSource "$package"
    return
  fi

  # Only programs that run on the build platform can be called. Without strictDeps those of the host join, since many
  # native builds were written when there was no difference.
  if [[ $hostOffset -eq -1 || -z ${strictDeps:-} ]]; then
    addToSearchPath _PATH "$package/bin"
  fi
  if ((hostOffset == 0)); then
    # Interpreters of installed scripts are looked up here.
    addToSearchPath _HOST_PATH "$package/bin"
  fi
  if ((hostOffset == -1)); then
    addToSearchPath _XDG_DATA_DIRS "$package/share"
  fi

  if [[ -f $package/nix-support/setup-hook ]]; then
    _evaluateSource "$package/nix-support/setup-hook"
  fi
}

_evaluateSource() {
  set +u
  # shellcheck disable=SC1090
  source "$1"
  set -u
}

_activatePackages() {
  local kind host target collection package
  for kind in "${_dependencyKinds[@]}"; do
    read -r host target collection _ <<<"$kind"
    local -n members=$collection
    for package in ${members+"${members[@]}"}; do
      activatePackage "$package" "$host" "$target"
    done
    unset -n members
  done
}

# Shows every dependency to the environment hooks of its kind.
_runEnvHooks() {
  local kind package
  local depHostOffset depTargetOffset collection
  for kind in "${_dependencyKinds[@]}"; do
    read -r depHostOffset depTargetOffset collection _ <<<"$kind"
    local -n hooks=env${collection#pkgs}Hooks members=$collection
    for package in ${members+"${members[@]}"}; do
      _showToHooks "$package" ${hooks+"${hooks[@]}"}
    done
    unset -n hooks members
  done
}

_showToHooks() {
  local package=$1 hook
  shift
  for hook in "$@"; do
    _evaluate "$hook" "$package"
  done
}

# Called once, by the end of $stdenv/setup, when all functions are there.
_activateDependencies() {
  # The tools of stdenv come first so that their hooks run before those of the package's dependencies.
  _collectInputs -1 -1 depsBuildBuild depsBuildBuildPropagated
  _collectInputs -1 0 defaultNativeBuildInputs nativeBuildInputs propagatedNativeBuildInputs
  _collectInputs -1 1 depsBuildTarget depsBuildTargetPropagated
  _collectInputs 0 0 depsHostHost depsHostHostPropagated
  _collectInputs 0 1 defaultBuildInputs buildInputs propagatedBuildInputs
  _collectInputs 1 1 depsTargetTarget depsTargetTargetPropagated

  _activatePackages
  _runEnvHooks

  export PATH=${_PATH:+$_PATH:}$PATH
  export HOST_PATH=$_HOST_PATH${_HOST_PATH:+:}$PATH
  if [[ -n $_XDG_DATA_DIRS ]]; then
    export XDG_DATA_DIRS=$_XDG_DATA_DIRS${XDG_DATA_DIRS:+:$XDG_DATA_DIRS}
  fi
}
