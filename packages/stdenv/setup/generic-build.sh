# genericBuild: the phases in their order. This file closes $stdenv/setup.
# shellcheck shell=bash

definePhases() {
  if [[ -z ${phases[*]-} ]]; then
    # shellcheck disable=SC2034 # runPhases reads it
    phases="${prePhases[*]-} unpackPhase patchPhase ${preConfigurePhases[*]-} configurePhase ${preBuildPhases[*]-} \
      buildPhase checkPhase ${preInstallPhases[*]-} installPhase ${preFixupPhases[*]-} fixupPhase installCheckPhase \
      ${preDistPhases[*]-} distPhase ${postPhases[*]-}"
  fi
}

_isPhaseWanted() {
  case $1 in
    unpackPhase) [[ -z ${dontUnpack:-} ]] ;;
    patchPhase) [[ -z ${dontPatch:-} ]] ;;
    configurePhase) [[ -z ${dontConfigure:-} ]] ;;
    buildPhase) [[ -z ${dontBuild:-} ]] ;;
    checkPhase) [[ -n ${doCheck:-} ]] ;;
    installPhase) [[ -z ${dontInstall:-} ]] ;;
    fixupPhase) [[ -z ${dontFixup:-} ]] ;;
    installCheckPhase) [[ -n ${doInstallCheck:-} ]] ;;
    distPhase) [[ -n ${doDist:-} ]] ;;
  esac
}

# runPhase NAME: a function, or the variable of that name, which wins.
runPhase() {
  local curPhase=$1 started=$SECONDS
  _isPhaseWanted "$curPhase" || return 0

  echo "Running phase: $curPhase" >&2
  _logPhase "$curPhase"

  _evaluate "${!curPhase:-$curPhase}"

  local elapsed=$((SECONDS - started))
  if ((elapsed >= 30)); then
    echo "$curPhase completed in $((elapsed / 60)) minutes $((elapsed % 60)) seconds" >&2
  fi

  if [[ $curPhase == unpackPhase ]]; then
    # The source root may lack the x bit for a directory, if its archive does.
    [[ -z ${sourceRoot:-} ]] || chmod +x -- "$sourceRoot"
    cd -- "${sourceRoot:-.}" || return
  fi
}

genericBuild() {
  export GZIP_NO_TIMESTAMPS=1

  if [[ -n ${buildCommandPath:-} ]]; then
    # shellcheck disable=SC1090
    _evaluateSource "$buildCommandPath"
    return
  fi
  if [[ -n ${buildCommand:-} ]]; then
    _evaluate "$buildCommand"
    return
  fi

  definePhases
  local list=() phase
  concatTo list phases
  for phase in "${list[@]}"; do
    runPhase "$phase"
  done
}

# shellcheck disable=SC2123 # exactly that is meant: nothing of the caller's search path stays
PATH=
for _tool in $initialPath; do
  addToSearchPath PATH "$_tool/bin"
done
unset _tool
export PATH

_activateDependencies
runHook postHook
unset -v _PATH _XDG_DATA_DIRS _collected

# From here on package code runs, and it may ask for variables that are not set.
set +u
