# Stripping: debugging symbols of everything under stripDebugList, all symbols of what is under stripAllList. The host's
# strip works on programs that run on the host; directories ending in …Target hold code for the target.
# shellcheck shell=bash

fixupOutputHooks+=(_stripOutput)

_stripOutput() {
  if [[ -n ${dontStrip-} || ! -d $prefix ]]; then
    return 0
  fi
  local debug=() all=() debugTarget=() allTarget=() debugFlags=() allFlags=()
  if [[ -z ${dontStripHost-} ]]; then
    concatTo debug stripDebugList
    ((${#debug[@]})) || [[ -n ${stripDebugList+set} ]] || debug=(lib lib32 lib64 libexec bin sbin)
    concatTo all stripAllList
    concatTo debugFlags stripDebugFlags=-S
    concatTo allFlags stripAllFlags=-s
    _stripDirectories "${STRIP:-}" "${debugFlags[*]} -p" ${debug+"${debug[@]}"}
    _stripDirectories "${STRIP:-}" "${allFlags[*]} -p" ${all+"${all[@]}"}
  fi
  if [[ -z ${dontStripTarget-} ]]; then
    concatTo debugTarget stripDebugListTarget
    concatTo allTarget stripAllListTarget
    _stripDirectories "${STRIP_FOR_TARGET:-}" "-S -p" ${debugTarget+"${debugTarget[@]}"}
    _stripDirectories "${STRIP_FOR_TARGET:-}" "-s -p" ${allTarget+"${allTarget[@]}"}
  fi
}

# _stripDirectories COMMAND FLAGS DIRECTORY…: relative to $prefix.
_stripDirectories() {
  local command=$1 flags=$2 directory directories=()
  shift 2
  for directory in "$@"; do
    [[ -d $prefix/$directory ]] && directories+=("$prefix/$directory")
  done
  if ((${#directories[@]} == 0)) || [[ -z $command ]] || ! type -p "$command" >/dev/null; then
    return 0
  fi
  echo "stripping (with command $command and flags $flags) in ${directories[*]}"

  local file files=() type
  while IFS= read -r -d '' file; do
    type=
    IFS= read -r -n 4 type <"$file" 2>/dev/null || true
    # ELF programs and libraries, static libraries; strip complains about everything else.
    if [[ $type == $'\x7fELF' || $type == '!<ar' ]]; then
      files+=("$file")
    fi
  done < <(find "${directories[@]}" -type f \( -perm -0100 -o -name '*.so*' -o -name '*.a' -o -name '*.o' \) -print0)
  if ((${#files[@]})); then
    for file in "${files[@]}"; do
      # An odd object (of another machine, or empty) is no reason to fail a build.
      # shellcheck disable=SC2086 # flags are words
      "$command" $flags "$file" 2>/dev/null || nixInfoLog "not stripped: $file"
    done
  fi
}
