# Variables that may be strings of words or arrays: a derivation with structured attributes hands over arrays, a plain
# one strings, and every phase must understand both.
# shellcheck shell=bash

# isDeclaredArray NAME: true for indexed arrays that are set.
isDeclaredArray() {
  local -n _reference=$1
  [[ ${_reference@a} == *a* ]]
}

# isDeclaredMap NAME: true for associative arrays that are set.
isDeclaredMap() {
  local -n _reference=$1
  [[ ${_reference@a} == *A* ]]
}

# appendToVar NAME WORD…
# shellcheck disable=SC2178 # the variable is one or the other
appendToVar() {
  local -n _variable=$1
  local _name=$1
  shift
  if isDeclaredMap "$_name"; then
    echo "appendToVar: '$_name' is an associative array" >&2
    return 1
  elif isDeclaredArray "$_name"; then
    _variable+=("$@")
  elif (($#)); then
    _variable="${_variable-}${_variable:+ }$*"
  fi
}

# prependToVar NAME WORD…
# shellcheck disable=SC2178
prependToVar() {
  local -n _variable=$1
  local _name=$1
  shift
  if isDeclaredMap "$_name"; then
    echo "prependToVar: '$_name' is an associative array" >&2
    return 1
  elif isDeclaredArray "$_name"; then
    _variable=("$@" ${_variable+"${_variable[@]}"})
  elif (($#)); then
    _variable="$*${_variable:+ }${_variable-}"
  fi
}

# concatTo TARGET NAME[=DEFAULT]…: appends the words of each variable to the array TARGET. A default stands in for a
# variable that is unset or empty.
concatTo() {
  local -n _destination=$1
  shift
  local _argument _name _default
  for _argument in "$@"; do
    _name=${_argument%%=*}
    _default=
    [[ $_argument == *=* ]] && _default=${_argument#*=}
    local -n _source=$_name
    if [[ -n ${_source[*]-} ]]; then
      if isDeclaredArray "$_name"; then
        _destination+=("${_source[@]}")
      else
        # Words are split on purpose, and globs expand: that is what a list in a string means here.
        # shellcheck disable=SC2206
        _destination+=($_source)
      fi
    elif [[ -n $_default ]]; then
      _destination+=("$_default")
    fi
    unset -n _source
  done
}

# concatStringsSep SEPARATOR NAME: the words of a variable, joined.
concatStringsSep() {
  local _separator=$1 _words=() IFS=$'\x1f'
  IFS=$' \t\n' concatTo _words "$2"
  local _joined="${_words[*]}"
  printf '%s' "${_joined//$'\x1f'/"$_separator"}"
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
