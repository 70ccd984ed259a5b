# Run paths hold only directories that a needed library is really found in. The linker wrapper is generous, since it
# cannot know which of the libraries offered under --as-needed stay; here the answer stands in the file. The shorter
# text is written over the longer one in place, so nothing else in the file moves.
# shellcheck shell=bash

fixupOutputHooks+=(_shrinkRunPathsOfOutput)

_shrinkRunPathsOfOutput() {
  if [[ -n ${dontPatchELF-} || ! -d $prefix || -z ${READELF:-} ]] || ! type -p "$READELF" >/dev/null; then
    return 0
  fi
  local file magic
  while IFS= read -r -d '' file; do
    magic=
    IFS= read -r -n 4 magic <"$file" 2>/dev/null || true
    if [[ $magic == $'\x7fELF' ]]; then
      shrinkRunPath "$file"
    fi
  done < <(find "$prefix" -type f \( -perm -0100 -o -name '*.so*' \) -print0)
}

# shrinkRunPath FILE
shrinkRunPath() {
  local file=$1 line old='' needed=() kept=() directory library new
  while IFS= read -r line; do
    case $line in
      *'(NEEDED)'*'['*']'*)
        library=${line##*\[}
        needed+=("${library%]*}")
        ;;
      *'(RUNPATH)'*'['*']'* | *'(RPATH)'*'['*']'*)
        old=${line##*\[}
        old=${old%]*}
        ;;
    esac
  done < <(LC_ALL=C "$READELF" -dW "$file" 2>/dev/null)
  [[ -n $old ]] || return 0

  local IFS=:
  for directory in $old; do
    if _isRunPathUseful "$directory"; then
      kept+=("$directory")
    fi
  done
  new="${kept[*]-}"
  [[ $new != "$old" ]] || return 0
  _overwriteDynamicString "$file" "$old" "$new"
}

# A directory stays where it is no store path (the author's own choice, like $ORIGIN) or holds a needed library.
_isRunPathUseful() {
  local directory=$1 library
  if [[ $directory != "$NIX_STORE"/* ]]; then
    # Build directories are gone when the program runs.
    [[ $directory != "$NIX_BUILD_TOP"* ]]
    return
  fi
  for library in ${needed+"${needed[@]}"}; do
    [[ -e $directory/$library ]] && return 0
  done
  return 1
}

# Writes NEW over OLD, padded with NUL, at the place of OLD in the section of dynamic strings.
_overwriteDynamicString() {
  local file=$1 old=$2 new=$3 start size offset line mode padding
  local IFS=$' \t\n'
  # "[ 7] .dynstr STRTAB 0000000000000488 000488 000095 00 …": address, offset, size.
  local pattern='[[:space:]]\.dynstr[[:space:]]+STRTAB[[:space:]]+[0-9a-f]+[[:space:]]+([0-9a-f]+)[[:space:]]+([0-9a-f]+)'
  while IFS= read -r line; do
    if [[ $line =~ $pattern ]]; then
      start=$((16#${BASH_REMATCH[1]}))
      size=$((16#${BASH_REMATCH[2]}))
    fi
  done < <(LC_ALL=C "$READELF" -SW "$file")
  [[ -n ${start-} ]] || return 0

  while IFS=: read -r offset _; do
    if ((offset >= start && offset < start + size)); then
      padding=$((${#old} - ${#new}))
      mode=$(stat -c %a "$file")
      chmod u+w "$file"
      { printf '%s' "$new" && head -c "$padding" /dev/zero; } |
        dd of="$file" bs=1 seek="$offset" conv=notrunc status=none
      chmod "$mode" "$file"
      nixInfoLog "run path of $file: '$old' became '$new'"
      return 0
    fi
  done < <(LC_ALL=C grep -obaF -- "$old" "$file")
}
