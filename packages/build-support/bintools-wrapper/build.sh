# buildCommand of the wrapper; see default.nix for the variables.
# shellcheck shell=bash
mkdir -p "$out/bin" "$out/libexec/bintools" "$out/nix-support"

for program in "$bintools"/bin/*; do
  name=${program##*/}
  # Names with the real triple of the packager are reached through ours.
  [[ $name != "$unwrappedTriple"-* ]] || continue
  case $name in
    ld | ld.*)
      export program
      substituteAll "$sources/ld-wrapper.sh" "$out/bin/$targetPrefix$name"
      chmod +x "$out/bin/$targetPrefix$name"
      ;;
    *) ln -s "$program" "$out/bin/$targetPrefix$name" ;;
  esac
  # GCC looks for the plain names in the directory that -B gives it.
  ln -s "$out/bin/$targetPrefix$name" "$out/libexec/bintools/$name"
done

substituteAll "$common/roles.sh" "$out/nix-support/wrapper-functions.sh"
substituteAll "$sources/setup-hook.sh" "$out/nix-support/setup-hook"

# What other expressions and people look for.
printf '%s\n' "$bintools" >"$out/nix-support/orig-bintools"
printf '%s\n' "$libc" >"$out/nix-support/orig-libc"
printf '%s\n' "$libcDev" >"$out/nix-support/orig-libc-dev"
printf '%s' "$dynamicLinker" >"$out/nix-support/dynamic-linker"
printf '%s\n' "$libcLinkFlags" >"$out/nix-support/libc-ldflags"
