# shellcheck shell=bash
# Completion of ferry and nix for bash: the program itself says what is possible.

_ferry() {
  local words cword cur kind='' line word
  _get_comp_words_by_ref -n ':=&' words cword cur
  while IFS= read -r line; do
    word=${line%%$'\t'*}
    if [[ -z $kind ]]; then
      kind=$word
      case $kind in
        filenames) compopt -o filenames ;;
        attrs) compopt -o nospace ;;
      esac
      continue
    fi
    # After "name=" bash completes only what follows.
    [[ $cur != *=* ]] || word=${word#*=}
    COMPREPLY+=("$word")
  done < <(NIX_GET_COMPLETIONS=$cword "${words[@]}" 2>/dev/null)
  __ltrim_colon_completions "$cur"
}

complete -F _ferry ferry nix
