# Variables that may be strings of words or arrays: a derivation with structured attributes hands over arrays, a plain one
# strings, and every phase must understand both.
# shellcheck shell=bash

# isDeclaredArray NAME: true for indexed arrays that are set.
isDeclaredArray() {
  local -n reference=$1
  [[ ${reference@a} == *a* ]]
}

# isDeclaredMap NAME: true for associative arrays that are set.
isDeclaredMap() {
  local -n reference=$1
  [[ ${reference@a} == *A* ]]
}

# appendToVar NAME WORD…
# shellcheck disable=SC2178 # the variable is one or the other
appendToVar() {
  local -n target=$1
  local name=$1
  shift
  if isDeclaredMap "$name"; then
    echo "appendToVar: '$name' is an associative array" >&2
    return 1
  elif isDeclaredArray "$name"; then
    target+=("$@")
  elif (($#)); then
    target="${target-}${target:+ }$*"
  fi
}

# prependToVar NAME WORD…
# shellcheck disable=SC2178
prependToVar() {
  local -n target=$1
  local name=$1
  shift
  if isDeclaredMap "$name"; then
    echo "prependToVar: '$name' is an associative array" >&2
    return 1
  elif isDeclaredArray "$name"; then
    target=("$@" ${target+"${target[@]}"})
  elif (($#)); then
    target="$*${target:+ }${target-}"
  fi
}

# concatTo TARGET NAME[=DEFAULT]…: appends the words of each variable to the array TARGET. A default stands in for a
# variable that is unset or empty.
concatTo() {
  local -n destination=$1
  shift
  local argument name default
  for argument in "$@"; do
    name=${argument%%=*}
    default=
    [[ $argument == *=* ]] && default=${argument#*=}
    local -n source=$name
    if [[ -n ${source[*]-} ]]; then
      if isDeclaredArray "$name"; then
        destination+=("${source[@]}")
      else
        # Words are split on purpose, and globs expand: that is what a list in a string means here.
        # shellcheck disable=SC2206
        destination+=($source)
      fi
    elif [[ -n $default ]]; then
      destination+=("$default")
    fi
    unset -n source
  done
}

# concatStringsSep SEPARATOR NAME: the words of a variable, joined.
concatStringsSep() {
  local separator=$1 name=$2 words=() IFS=$'\x1f'
  IFS=$' \t\n' concatTo words "$name"
  local joined="${words[*]}"
  printf '%s' "${joined//$'\x1f'/$separator}"
}

# printWords WORD…: with a space after each, as files under nix-support have it.
printWords() {
  (($#)) || return 0
  printf '%s ' "$@"
}

# printLines LINE…
printLines() {
  (($#)) || return 0
  printf '%s\n' "$@"
}
