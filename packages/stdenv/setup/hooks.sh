# Hooks: code that packages and their dependencies attach to named moments of a build. `preConfigure` is a shell text or
# function of the package; `preConfigureHooks` an array to which setup hooks add.
# shellcheck shell=bash

# _evaluate TEXT WORD…: runs a function, or evaluates a text, with `set -u` off: package code was not written for it.
_evaluate() {
  local code=$1
  shift
  local restore=''
  [[ $- == *u* ]] && restore=1
  set +u
  if [[ $(type -t -- "$code") == function ]]; then
    "$code" "$@"
  else
    eval "$code"
  fi
  [[ -z $restore ]] || set -u
}

# _callImplicitHook DEFAULT NAME: runs the package's own hook, a function or variable called NAME.
_callImplicitHook() {
  local default=$1 name=$2
  if declare -F "$name" >/dev/null; then
    _evaluate "$name"
  elif type -p "$name" >/dev/null; then
    # shellcheck disable=SC1090 # the hook is a program in PATH, as for `buildCommandPath`
    source "$(type -p "$name")"
  elif [[ -n ${!name:-} ]]; then
    _evaluate "${!name}"
  else
    return "$default"
  fi
}

# _hookList NAME: sets the array `hooks` to what was added for NAME. `preX` is named `preXHooks`, plain X `XHooks`.
_hookList() {
  local name="${1%Hooks}Hooks"
  local -n added=$name
  hooks=(${added+"${added[@]}"})
}

# runHook NAME WORD…: the package's own hook, then all added ones.
runHook() {
  local name=$1 hook hooks
  shift
  _callImplicitHook 0 "$name"
  _hookList "$name"
  for hook in ${hooks+"${hooks[@]}"}; do
    _evaluate "$hook" "$@"
  done
}

# runOneHook NAME WORD…: the first that succeeds decides.
runOneHook() {
  local name=$1 hook hooks
  shift
  _hookList "$name"
  if [[ -n ${!name:-} ]] || declare -F "$name" >/dev/null; then
    hooks=("_callImplicitHook 1 $name" ${hooks+"${hooks[@]}"})
  fi
  for hook in ${hooks+"${hooks[@]}"}; do
    if _evaluateTest "$hook" "$@"; then
      return 0
    fi
  done
  return 1
}

# Like _evaluate, for hooks whose failure is an answer; the arguments stand in "$@" also for texts.
_evaluateTest() {
  local code=$1
  shift
  local restore='' status=0
  [[ $- == *u* ]] && restore=1
  set +u
  if [[ $(type -t -- "$code") == function ]]; then
    "$code" "$@" || status=$?
  else
    eval "$code" || status=$?
  fi
  [[ -z $restore ]] || set -u
  return "$status"
}
