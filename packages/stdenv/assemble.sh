# Builder of stdenv itself: joins setup/*.sh into $out/setup. Variables are those of generic/default.nix.
# shellcheck shell=bash
PATH=${initialPath%% *}/bin
mkdir -p "$out/nix-support"
{
  printf 'export SHELL=%q\n' "$shell"
  printf 'initialPath=%q\n' "$initialPath"
  printf 'defaultNativeBuildInputs=%q\n' "$defaultNativeBuildInputs"
  printf 'defaultBuildInputs=%q\n' "$defaultBuildInputs"
  printf '%s\n' "$preHook"
  while IFS= read -r file; do
    grep -v '^# shellcheck ' "$sources/setup/$file"
    echo
  done <"$sources/setup/order.txt"
} >"$out/setup"
cat >"$out/build.sh" <<'END'
# What a derivation runs unless it names a builder of its own.
source "${BASH_SOURCE[0]%/*}/setup"
genericBuild
END
