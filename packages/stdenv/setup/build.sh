# buildPhase and checkPhase: make.
# shellcheck shell=bash

# _makeFlags NAME…: sets `flags` to what every call of make gets, then the words of the given variables.
_makeFlags() {
  flags=()
  if [[ -n ${enableParallelBuilding:-} ]]; then
    flags+=("-j$NIX_BUILD_CORES")
  fi
  # Makefiles would otherwise take /bin/sh, which may be another shell than the one of the build.
  flags+=("SHELL=$SHELL")
  if [[ -n ${makefile:-} ]]; then
    flags+=("-f$makefile")
  fi
  concatTo flags makeFlags makeFlagsArray "$@"
}

_hasMakefile() {
  [[ -n ${makefile:-} || -e Makefile || -e makefile || -e GNUmakefile ]]
}

buildPhase() {
  runHook preBuild

  if [[ -z ${makeFlags-} && -z ${makefile:-} ]] && ! _hasMakefile; then
    echo "no Makefile or custom buildPhase, doing nothing"
  else
    local flags
    _makeFlags buildFlags buildFlagsArray
    echoCmd 'build flags' "${flags[@]}"
    make "${flags[@]}"
  fi

  runHook postBuild
}

checkPhase() {
  runHook preCheck

  if ! _hasMakefile; then
    echo "no Makefile or custom checkPhase, doing nothing"
    runHook postCheck
    return
  fi

  local flags
  if [[ -z ${checkTarget:-} ]]; then
    # `make -n` says whether a target exists, without doing it.
    local candidate
    for candidate in check test; do
      _makeFlags
      if make -n "${flags[@]}" "$candidate" >/dev/null 2>&1; then
        checkTarget=$candidate
        break
      fi
    done
  fi

  if [[ -z ${checkTarget:-} ]]; then
    echo "no check/test target in ${makefile:-Makefile}, doing nothing"
  else
    local parallel=${enableParallelBuilding:+${enableParallelChecking-1}}
    enableParallelBuilding=$parallel _makeFlags checkFlags=VERBOSE=y checkFlagsArray checkTarget
    echoCmd 'check flags' "${flags[@]}"
    make "${flags[@]}"
  fi

  runHook postCheck
}
