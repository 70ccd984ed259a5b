# installPhase, installCheckPhase and distPhase: make once more.
# shellcheck shell=bash

installPhase() {
  runHook preInstall

  if [[ -z ${makeFlags-} ]] && ! _hasMakefile; then
    echo "no Makefile or custom installPhase, doing nothing"
    runHook postInstall
    return
  fi

  _prefixOutput
  if [[ -n $prefix ]]; then
    mkdir -p "$prefix"
  fi
  local flags parallel=${enableParallelBuilding:+${enableParallelInstalling-1}}
  enableParallelBuilding=$parallel _makeFlags installFlags installFlagsArray installTargets=install
  echoCmd 'install flags' "${flags[@]}"
  make "${flags[@]}"

  runHook postInstall
}

installCheckPhase() {
  runHook preInstallCheck

  if ! _hasMakefile; then
    echo "no Makefile or custom installCheckPhase, doing nothing"
  else
    local flags target=${installCheckTarget:-installcheck}
    _makeFlags
    if make -n "${flags[@]}" "$target" >/dev/null 2>&1; then
      _makeFlags installCheckFlags installCheckFlagsArray
      echoCmd 'installcheck flags' "${flags[@]}" "$target"
      make "${flags[@]}" "$target"
    else
      echo "no $target target in ${makefile:-Makefile}, doing nothing"
    fi
  fi

  runHook postInstallCheck
}

distPhase() {
  runHook preDist

  local flags
  _makeFlags distFlags distFlagsArray distTarget=dist
  echoCmd 'dist flags' "${flags[@]}"
  make "${flags[@]}"

  if [[ -z ${dontCopyDist:-} ]]; then
    local archives=()
    concatTo archives tarballs=*.tar.gz
    # shellcheck disable=SC2154
    mkdir -p "$out/tarballs"
    # shellcheck disable=SC2068,SC2206 # the default is a pattern
    cp -pvd ${archives[@]} "$out/tarballs"
  fi

  runHook postDist
}
