# Replacing text in files.
# shellcheck shell=bash

# substituteStream VARIABLE DESCRIPTION OPTION…: changes the text in VARIABLE.
#   --replace-fail A B    replaces A, and fails where it does not occur
#   --replace-warn A B    warns instead; --replace is its old name
#   --replace-quiet A B   says nothing
#   --subst-var NAME      replaces @NAME@ by the value of the variable
#   --subst-var-by NAME X
substituteStream() {
  local -n text=$1
  local description=$2 pattern replacement kind
  shift 2

  while (($#)); do
    kind=$1
    case $kind in
      --replace | --replace-fail | --replace-warn | --replace-quiet)
        pattern=$2 replacement=$3
        shift 3
        if [[ $text != *"$pattern"* ]]; then
          case $kind in
            --replace-fail)
              printf 'substituteStream(): ERROR: pattern %q does not occur in %s\n' "$pattern" "$description" >&2
              return 1
              ;;
            --replace | --replace-warn)
              printf 'substituteStream(): WARNING: pattern %q does not occur in %s\n' "$pattern" "$description" >&2
              ;;
          esac
        fi
        ;;
      --subst-var)
        if [[ ! $2 =~ ^[a-zA-Z_][a-zA-Z0-9_]*$ ]]; then
          echo "substituteStream(): ERROR: '$2' is not the name of a variable" >&2
          return 1
        fi
        if [[ -z ${!2+set} ]]; then
          echo "substituteStream(): ERROR: variable '$2' is unset" >&2
          return 1
        fi
        pattern=@$2@ replacement=${!2}
        shift 2
        ;;
      --subst-var-by)
        pattern=@$2@ replacement=$3
        shift 3
        ;;
      *)
        echo "substituteStream(): ERROR: unknown option '$kind'" >&2
        return 1
        ;;
    esac
    # Quoted, so that & in the replacement stays an ampersand under bash's patsub_replacement.
    text=${text//"$pattern"/"$replacement"}
  done
}

# consumeEntire VARIABLE: standard input with its last line breaks kept, which $(…) would drop.
consumeEntire() {
  if IFS= read -r -d '' "$1"; then
    echo "consumeEntire(): ERROR: input has a null byte" >&2
    return 1
  fi
}

# substitute INPUT OUTPUT OPTION…
substitute() {
  local input=$1 output=$2 content
  shift 2
  if [[ ! -f $input ]]; then
    echo "substitute(): ERROR: file '$input' does not exist" >&2
    return 1
  fi
  consumeEntire content <"$input" || return 1
  substituteStream content "file '$input'" "$@" || return 1
  printf '%s' "$content" >"$output"
}

# substituteInPlace FILE… OPTION…
substituteInPlace() {
  local files=() file
  while (($#)) && [[ $1 != --* ]]; do
    files+=("$1")
    shift
  done
  if ((${#files[@]} == 0)); then
    echo "substituteInPlace(): ERROR: no files given" >&2
    return 1
  fi
  for file in "${files[@]}"; do
    substitute "$file" "$file" "$@"
  done
}

# _allVariableOptions: sets `options` to --subst-var for every variable in lower case, as package authors name theirs.
_allVariableOptions() {
  local name
  options=()
  while IFS='=' read -r -d '' name _; do
    if [[ $name =~ ^[a-z][a-zA-Z0-9_]*$ ]]; then
      options+=(--subst-var "$name")
    fi
  done < <(env -0)
}

# substituteAll INPUT OUTPUT
substituteAll() {
  local options
  _allVariableOptions
  substitute "$1" "$2" ${options+"${options[@]}"}
}

substituteAllInPlace() {
  local file options
  for file in "$@"; do
    _allVariableOptions
    substituteInPlace "$file" ${options+"${options[@]}"}
  done
}
