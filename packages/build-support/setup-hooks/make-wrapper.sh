# makeWrapper and wrapProgram: a small script that sets variables and then becomes the program.
# shellcheck shell=bash

# makeWrapper PROGRAM WRAPPER OPTION…
#   --argv0 NAME, --inherit-argv0     what the program sees as its name
#   --set VAR VALUE, --set-default VAR VALUE, --unset VAR
#   --chdir DIR, --run COMMAND
#   --add-flag ARG, --append-flag ARG, --add-flags "ARGS", --append-flags "ARGS"
#   --prefix VAR SEP VALUE, --suffix VAR SEP VALUE
#   --prefix-each VAR SEP "VALUES", --suffix-each VAR SEP "VALUES"
#   --prefix-contents VAR SEP FILES, --suffix-contents VAR SEP FILES
# shellcheck disable=SC2016 # some texts are for the wrapper to expand
makeShellWrapper() {
  local original=$1 wrapper=$2
  shift 2
  if [[ ! -x $original || -d $original ]]; then
    echo "makeWrapper: '$original' is not an executable file" >&2
    return 1
  fi

  local argv0='' option place before='' after='' lines=() value
  while (($#)); do
    option=$1
    # --prefix-each and --prefix-contents put several values at the place of --prefix.
    place=${option#--} place=${place%%-*}
    case $option in
      --argv0) argv0="exec -a $(printf %q "$2")" && shift 2 ;;
      --inherit-argv0) argv0='exec -a "$0"' && shift ;;
      --set) lines+=("export $2=$(printf %q "$3")") && shift 3 ;;
      --set-default) lines+=("export $2=\${$2-$(_quoteInside "$3")}") && shift 3 ;;
      --unset) lines+=("unset $2") && shift 2 ;;
      --chdir) lines+=("cd $(printf %q "$2") || exit") && shift 2 ;;
      --run) lines+=("$2") && shift 2 ;;
      --add-flag) before+=" $(printf %q "$2")" && shift 2 ;;
      --append-flag) after+=" $(printf %q "$2")" && shift 2 ;;
      --add-flags) before+=" $2" && shift 2 ;;
      --append-flags) after+=" $2" && shift 2 ;;
      --prefix | --suffix)
        _joinLine "${option#--}" "$2" "$3" "$4"
        shift 4
        ;;
      --prefix-each | --suffix-each)
        for value in $4; do
          _joinLine "$place" "$2" "$3" "$value"
        done
        shift 4
        ;;
      --prefix-contents | --suffix-contents)
        for value in $4; do
          _joinLine "$place" "$2" "$3" "$(<"$value")"
        done
        shift 4
        ;;
      *)
        echo "makeWrapper: unknown option '$option'" >&2
        return 1
        ;;
    esac
  done

  mkdir -p "$(dirname "$wrapper")"
  {
    printf '%s\n' "#!@shell@ -e"
    ((${#lines[@]} == 0)) || printf '%s\n' "${lines[@]}"
    printf '%s %q%s "$@"%s\n' "${argv0:-exec}" "$original" "$before" "$after"
  } >"$wrapper"
  chmod +x "$wrapper"
}

# In single quotes: %q leaves bare what means something inside ${…}, such as a slash or a brace.
_quoteInside() {
  printf "'%s'" "${1//"'"/"'\\''"}"
}

# _joinLine prefix|suffix VARIABLE SEPARATOR VALUE: adds to `lines` what puts VALUE into VARIABLE once. Between
# separators on both sides each element looks the same, wherever it stands.
_joinLine() {
  local place=$1 name=$2 separator value
  separator=$(_quoteInside "$3")
  value=$(_quoteInside "$4")
  lines+=("$name=\${$name:+$separator\$$name$separator}")
  lines+=("$name=\${$name//$separator$value$separator/$separator}")
  if [[ $place == prefix ]]; then
    lines+=("$name=$separator$value\${$name:-$separator}")
  else
    lines+=("$name=\${$name:-$separator}$value$separator")
  fi
  lines+=("$name=\${$name#$separator}" "$name=\${$name%$separator}" "export $name")
}

makeWrapper() { makeShellWrapper "$@"; }

# wrapProgram PROGRAM OPTION…: the program moves to .NAME-wrapped, and a wrapper takes its place.
wrapProgramShell() {
  local program=$1 hidden
  shift
  hidden=${program%/*}/.${program##*/}-wrapped
  while [[ -e $hidden ]]; do
    hidden=${hidden}_
  done
  mv "$program" "$hidden"
  makeShellWrapper "$hidden" "$program" --inherit-argv0 "$@"
}

wrapProgram() { wrapProgramShell "$@"; }
