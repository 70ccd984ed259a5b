# Tests of the shell functions in setup/, run as a build: it fails at the first that does not hold.
# shellcheck shell=bash disable=SC2016 # the point of some texts is that nothing expands

equals() {
  if [[ $2 != "$3" ]]; then
    printf '%s: expected %q, got %q\n' "$1" "$3" "$2" >&2
    exit 1
  fi
}

# --- variables.sh ---
words="a b"
list=(c "d e")
joined=()
concatTo joined words list missing missing=default
equals "concatTo joins strings and arrays" "${joined[*]@Q}" "'a' 'b' 'c' 'd e' 'default'"
appendToVar words x "y z"
equals "appendToVar on a string" "$words" "a b x y z"
appendToVar list f
equals "appendToVar on an array" "${#list[@]} ${list[2]}" "3 f"
prependToVar list first
equals "prependToVar on an array" "${list[0]}" first
unset -v fresh
appendToVar fresh one
equals "appendToVar on nothing" "$fresh" one
equals "concatStringsSep" "$(concatStringsSep ', ' words)" "a, b, x, y, z"

# --- hooks.sh ---
order=
preTestHooks+=(addedHook 'order+=" text"')
addedHook() { order+=" function"; }
preTest='order+=own'
runHook preTest
equals "runHook runs the package's own hook first" "$order" "own function text"
firstHook() { return 1; }
secondHook() { chosen=$1; }
chooseHooks=(firstHook secondHook)
runOneHook choose argument
equals "runOneHook takes the first that succeeds" "$chosen" argument
if runOneHook absent; then
  echo "runOneHook succeeds without hooks" >&2
  exit 1
fi

# --- substitute.sh ---
printf 'a & b @name@ %s\n\n' '$HOME' >file
name='x & \1 /' substituteInPlace file --replace-fail 'a &' 'A' --subst-var name
equals "substituteInPlace takes text literally" "$(<file)" 'A b x & \1 / $HOME'
equals "substitute keeps the last line breaks" "$(wc -l <file)" 2
if (substituteInPlace file --replace-fail nowhere x) 2>/dev/null; then
  echo "--replace-fail does not fail" >&2
  exit 1
fi
substituteInPlace file --replace-quiet nowhere x

# --- patch-shebangs.sh ---
printf '#!/usr/bin/env bash\necho yes\n' >script
printf '#!/bin/sh -e\n' >shell
printf '#!/usr/bin/env -S no change\n' >plain
chmod +x script shell
touch -d @1000000000 script
patchShebangs script shell plain
equals "env is looked up" "$(head -n1 script)" "#!$(type -P bash)"
equals "arguments stay" "$(head -n1 shell)" "#!$(type -P sh) -e"
equals "what is not executable stays" "$(<plain)" '#!/usr/bin/env -S no change'
equals "times stay" "$(stat -c %Y script)" 1000000000
equals "a patched script runs" "$(./script)" yes

# --- unpack.sh ---
equals "stripHash" "$(stripHash /nix/store/0123456789abcdfghijklmnpqrsvwxyz-name-1.0)" name-1.0
equals "stripHash leaves other names" "$(stripHash /x/short-name)" short-name

# --- environment.sh ---
mkdir one two
path=
addToSearchPath path "$PWD/one"
addToSearchPath path "$PWD/two"
addToSearchPath path "$PWD/one"
addToSearchPath path "$PWD/missing"
equals "addToSearchPath" "$path" "$PWD/one:$PWD/two"

touch "$out"
