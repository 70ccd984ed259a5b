# What a build sees of the machine: nothing that differs between machines.
# shellcheck shell=bash

# Structured attributes arrive in a file that Nix writes; everything else is in the environment already.
if [[ -n ${NIX_ATTRS_SH_FILE:-} && -e $NIX_ATTRS_SH_FILE ]]; then
  # shellcheck disable=SC1090
  source "$NIX_ATTRS_SH_FILE"
fi
if isDeclaredMap outputs; then
  for _output in "${!outputs[@]}"; do
    export "$_output=${outputs[$_output]}"
  done
  unset _output
  if isDeclaredMap env; then
    for _name in "${!env[@]}"; do
      export "$_name=${env[$_name]}"
    done
    unset _name
  fi
fi

# getAllOutputNames: one word an output.
getAllOutputNames() {
  if isDeclaredMap outputs; then
    printf '%s' "${!outputs[*]}"
  else
    # shellcheck disable=SC2154 # Nix always sets it
    printf '%s' "$outputs"
  fi
}

export NIX_BUILD_TOP=${NIX_BUILD_TOP:-$PWD}
export TMPDIR=${TMPDIR:-$NIX_BUILD_TOP} TMP=${TMP:-$NIX_BUILD_TOP}
export TEMPDIR=${TEMPDIR:-$NIX_BUILD_TOP} TEMP=${TEMP:-$NIX_BUILD_TOP}
export TZ=UTC
unset -v CDPATH BASH_ENV ENV

# 1980-01-01, the first day that ZIP can name; unpacking moves it to the newest file of the source.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-315532800}

if [[ ${NIX_BUILD_CORES:-0} == 0 ]]; then
  NIX_BUILD_CORES=$(nproc 2>/dev/null || echo 1)
fi
export NIX_BUILD_CORES

# /homeless-shelter does not exist, so a program that writes to the home directory fails instead of leaving traces.
export HOME=${HOME:-/homeless-shelter}

isDeclaredMap outputs || : "${outputs:=out}"
: "${NIX_STORE:=/nix/store}"
export NIX_STORE

export CONFIG_SHELL=$SHELL
export SHELL

# exitHandler runs at every end of the builder: it reports what failed and offers `failureHook`.
exitHandler() {
  exitCode=$?
  set +e
  if ((exitCode != 0)); then
    runHook failureHook
    if [[ -n ${succeedOnFailure:-} ]]; then
      echo "build failed with exit code $exitCode (ignored)" >&2
      exit 0
    fi
  else
    runHook exitHook
  fi
  return "$exitCode"
}
trap exitHandler EXIT

# addToSearchPathWithCustomDelimiter SEPARATOR NAME DIRECTORY: where the directory exists and is not in it yet.
addToSearchPathWithCustomDelimiter() {
  local separator=$1 directory=$3
  local -n variable=$2
  if [[ -d $directory && "$separator${variable-}$separator" != *"$separator$directory$separator"* ]]; then
    export "$2=${variable:+$variable$separator}$directory"
  fi
}

addToSearchPath() {
  addToSearchPathWithCustomDelimiter ":" "$@"
}

