# patchShebangs: interpreters in `#!` lines become those of the dependencies.
# shellcheck shell=bash

fixupOutputHooks+=(_patchShebangsOfOutput)

# patchShebangs [--build|--host] [--update] PATH…
#   --build   interpreters that run now (PATH); the default until outputs are fixed up
#   --host    interpreters that run where the package will (HOST_PATH)
#   --update  also lines that name a store path already
patchShebangs() {
  local search=$PATH update='' path file
  while (($#)); do
    case $1 in
      --host) search=$HOST_PATH ;;
      --build) search=$PATH ;;
      --update) update=1 ;;
      --)
        shift
        break
        ;;
      *) break ;;
    esac
    shift
  done

  echo "patching script interpreter paths in $*"
  for path in "$@"; do
    [[ -e $path ]] || continue
    while IFS= read -r -d '' file; do
      _patchShebang "$file" "$search" "$update"
    done < <(find "$path" -type f -perm -0100 -print0)
  done
}

_patchShebang() {
  local file=$1 search=$2 update=$3 line interpreter arguments command found
  IFS= read -r line <"$file" 2>/dev/null || [[ -n $line ]] || return 0
  [[ $line == '#!'* ]] || return 0
  read -r interpreter arguments <<<"${line#\#!}"
  [[ -n $interpreter ]] || return 0
  if [[ $interpreter == "$NIX_STORE"/* && -z $update ]]; then
    return 0
  fi

  if [[ ${interpreter##*/} == env ]]; then
    # `env NAME`; `env -S` and assignments have a meaning of their own and stay, with the path of env put right.
    if [[ $arguments == -* || $arguments == *=* ]]; then
      command='env'
    else
      command=${arguments%% *}
      arguments=${arguments#"$command"}
      arguments=${arguments# }
    fi
  else
    command=${interpreter##*/}
  fi

  found=$(PATH=$search type -P "$command" || true)
  if [[ -z $found ]]; then
    return 0
  fi
  local changed="#!$found${arguments:+ $arguments}"
  if [[ $changed == "$line" ]]; then
    return 0
  fi
  echo "$file: interpreter directive changed from \"$line\" to \"$changed\""

  # The time stays, or make would rebuild what depends on the script; a read-only file becomes writable for the moment.
  local time mode rest
  time=$(stat -c %y "$file")
  mode=$(stat -c %a "$file")
  rest=$(mktemp)
  { printf '%s\n' "$changed" && tail -n +2 "$file"; } >"$rest"
  chmod u+w "$file"
  cat "$rest" >"$file"
  rm "$rest"
  chmod "$mode" "$file"
  touch --date "$time" "$file"
}

_patchShebangsOfOutput() {
  if [[ -z ${dontPatchShebangs-} && -e $prefix ]]; then
    patchShebangs --host "$prefix"
  fi
}
