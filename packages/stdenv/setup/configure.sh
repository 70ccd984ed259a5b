# configurePhase: a GNU-style configure script, where there is one.
# shellcheck shell=bash

# libtool's generated script looks into /usr and tries run paths that the linker wrapper sets anyway.
fixLibtool() {
  local path
  for path in "$@"; do
    sed -i "$path" \
      -e 's^eval \(sys_lib_search_path=\).*^\1^' \
      -e 's^eval sys_lib_.*search_path=.*^^'
  done
}

configurePhase() {
  runHook preConfigure

  : "${configureScript=}"
  if [[ -z $configureScript && -x ./configure ]]; then
    configureScript=./configure
  fi

  if [[ -z ${dontFixLibtool:-} ]]; then
    local file
    while IFS= read -r -d '' file; do
      echo "fixing libtool script $file"
      fixLibtool "$file"
    done < <(find . -iname ltmain.sh -print0)
  fi

  if [[ -z $configureScript ]]; then
    echo "no configure script, doing nothing"
  else
    _runConfigureScript
  fi

  runHook postConfigure
}

_runConfigureScript() {
  _prefixOutput
  if [[ -z ${dontAddPrefix:-} ]]; then
    prependToVar configureFlags "${prefixKey:---prefix=}$prefix"
  fi
  if [[ -f $configureScript ]]; then
    # Dependency tracking serves rebuilds, which never happen here.
    if [[ -z ${dontAddDisableDepTrack:-} ]] && grep -q dependency-tracking "$configureScript"; then
      prependToVar configureFlags --disable-dependency-tracking
    fi
    if [[ -z ${dontDisableStatic:-} ]] && grep -q enable-static "$configureScript"; then
      prependToVar configureFlags --disable-static
    fi
  fi

  local flags=() words=()
  concatTo flags configureFlags configureFlagsArray
  # `configureScript` may carry words of its own: "sh ./Configure".
  concatTo words configureScript
  echoCmd 'configure flags' "${flags[@]}"
  "${words[@]}" "${flags[@]}"
}
