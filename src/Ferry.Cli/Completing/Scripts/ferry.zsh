#compdef ferry nix
# Completion of ferry and nix for zsh: the program itself says what is possible.

_ferry() {
  local -a lines found shown
  local kind line
  lines=("${(@f)$(NIX_GET_COMPLETIONS=$((CURRENT - 1)) "${(@Q)words}" 2>/dev/null)}")
  kind=${lines[1]}
  for line in "${(@)lines[2,-1]}"; do
    found+=("${line%%$'\t'*}")
    shown+=("${line//$'\t'/  }")
  done
  case $kind in
    filenames) compadd -f -a found ;;
    attrs) compadd -S '' -a found ;;
    *) compadd -l -d shown -a found ;;
  esac
}

_ferry "$@"
