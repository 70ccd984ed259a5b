# shellcheck shell=bash disable=SC1090,SC1091 # What is sourced is only there in the build.
# Runs as the builder of an environment derivation: prepares the shell as a build would, and writes what came of it into
# the first output as JSON: variables, functions and the files of structured attributes. It needs bash 4.3 and nothing else.
set -e
__ferry_folder=$PWD

if [[ -e ${NIX_ATTRS_SH_FILE-} ]]; then source "$NIX_ATTRS_SH_FILE"; fi
export IN_NIX_SHELL=impure
export dontAddDisableDepTrack=1
if [[ -n ${stdenv-} ]]; then source "$stdenv/setup"; fi

# What follows may not change what it reports: its own names begin with __ferry_, and nothing forks, since a shell under
# an emulator starts slowly.
set +u
declare -F >"$__ferry_folder/.ferry-functions"
declare -p >"$__ferry_folder/.ferry-variables"
declare -A __ferry_seen=()

# Variables of bash itself that mean nothing in another shell.
__ferry_is_private() {
  case $1 in
    BASH_* | COMP_* | __ferry_* | _ | DIRSTACK | EPOCHREALTIME | EPOCHSECONDS | EUID | FUNCNAME) return 0 ;;
    GROUPS | HISTCMD | HOSTNAME | PIPESTATUS | PWD | RANDOM | SECONDS | SHLVL) return 0 ;;
  esac
  return 1
}

# One JSON string.
__ferry_string() {
  local __ferry_text=$1 __ferry_code __ferry_character
  __ferry_text="${__ferry_text//\\/\\\\}"
  __ferry_text="${__ferry_text//\"/\\\"}"
  __ferry_text="${__ferry_text//$'\n'/\\n}"
  __ferry_text="${__ferry_text//$'\r'/\\r}"
  __ferry_text="${__ferry_text//$'\t'/\\t}"
  if [[ $__ferry_text == *[[:cntrl:]]* ]]; then
    for __ferry_code in 0{1..8} 0b 0c 0{e..f} 1{0..9} 1{a..f}; do
      # shellcheck disable=SC2059 # The format is the character.
      printf -v __ferry_character "\\x$__ferry_code"
      __ferry_text="${__ferry_text//"$__ferry_character"/\\u00$__ferry_code}"
    done
  fi
  printf '"%s"' "$__ferry_text"
}

# Sets __ferry_kind to the attributes of a variable, such as -x; fails where there is no such variable. The text of
# declare -p alone would not do: a value with line ends in it may look like another declaration.
__ferry_look_up() {
  declare -p "$1" >"$__ferry_folder/.ferry-variable" 2>/dev/null || return 1
  IFS=" " read -r _ __ferry_kind _ <"$__ferry_folder/.ferry-variable" || :
}

# One member of "variables"; what a shell could not set again, such as a number or a constant, has none.
__ferry_variable() {
  local __ferry_name=$1 __ferry_key __ferry_value
  case $__ferry_kind in
    -x | --)
      __ferry_member "$__ferry_name"
      if [[ $__ferry_kind == -x ]]; then __ferry_key=exported; else __ferry_key=var; fi
      printf '{"type":"%s","value":' "$__ferry_key"
      __ferry_string "${!__ferry_name}"
      ;;
    -a)
      __ferry_member "$__ferry_name"
      local -n __ferry_array=$__ferry_name
      printf '{"type":"array","value":['
      __ferry_comma=
      for __ferry_value in "${__ferry_array[@]}"; do
        printf '%s' "$__ferry_comma"
        __ferry_comma=,
        __ferry_string "$__ferry_value"
      done
      printf ']'
      ;;
    -A)
      __ferry_member "$__ferry_name"
      local -n __ferry_array=$__ferry_name
      printf '{"type":"associative","value":{'
      __ferry_comma=
      for __ferry_key in "${!__ferry_array[@]}"; do
        __ferry_member "$__ferry_key"
        __ferry_string "${__ferry_array[$__ferry_key]}"
      done
      printf '}'
      ;;
    *) return 0 ;;
  esac
  printf '}'
  __ferry_comma=,
}

# The name of a member, with the comma before it.
__ferry_member() {
  printf '%s\n' "$__ferry_comma"
  __ferry_string "$1"
  printf ':'
  __ferry_comma=,
}

__ferry_variables() {
  local __ferry_line __ferry_found
  __ferry_comma=
  while IFS= read -r __ferry_line; do
    [[ $__ferry_line =~ ^declare\ -[^\ ]+\ ([A-Za-z_][A-Za-z0-9_]*) ]] || continue
    __ferry_found=${BASH_REMATCH[1]}
    if __ferry_is_private "$__ferry_found" || [[ -n ${__ferry_seen[$__ferry_found]-} ]]; then continue; fi
    __ferry_seen[$__ferry_found]=1
    if __ferry_look_up "$__ferry_found"; then __ferry_variable "$__ferry_found"; fi
  done <"$__ferry_folder/.ferry-variables"
}

# Bodies, from after the first brace to before the last one.
__ferry_functions() {
  local __ferry_line __ferry_definition
  __ferry_comma=
  while IFS= read -r __ferry_line; do
    [[ $__ferry_line == 'declare -f '* ]] || continue
    __ferry_line=${__ferry_line#declare -f }
    declare -f -- "$__ferry_line" >"$__ferry_folder/.ferry-variable"
    IFS= read -r -d '' __ferry_definition <"$__ferry_folder/.ferry-variable" || :
    __ferry_definition=${__ferry_definition#*\{}
    __ferry_member "$__ferry_line"
    __ferry_string "${__ferry_definition%\}*}"
  done <"$__ferry_folder/.ferry-functions"
}

__ferry_report() {
  printf '{"bashFunctions":{'
  __ferry_functions
  printf '},\n"variables":{'
  __ferry_variables
  printf '}'
  if [[ -e ${NIX_ATTRS_SH_FILE-} ]]; then
    printf ',\n"structuredAttrs":{'
    __ferry_comma=
    __ferry_member .attrs.sh
    __ferry_string "$(<"$NIX_ATTRS_SH_FILE")"
    __ferry_member .attrs.json
    __ferry_string "$(<"$NIX_ATTRS_JSON_FILE")"
    printf '}'
  fi
  printf '}\n'
}

# Every output must be there; the first one is the report. Structured attributes have paths of outputs by their names,
# others the names alone, each of which is a variable; without the list there is one output, out.
__ferry_outputs=()
if [[ -e ${NIX_ATTRS_SH_FILE-} ]]; then
  __ferry_outputs=("${outputs[@]}")
else
  for __ferry_output in ${outputs:-out}; do __ferry_outputs+=("${!__ferry_output}"); done
fi
for __ferry_output in "${__ferry_outputs[@]:1}"; do : >"$__ferry_output"; done
__ferry_report >"${__ferry_outputs[0]}"
