# buildCommand of the wrapper; see default.nix for the variables.
# shellcheck shell=bash
mkdir -p "$out/bin" "$out/nix-support"

# Directories of C++ headers, wherever this GCC keeps them: the general ones, then those of the platform.
cxxHeaderFlags=
for directory in "$cc"/include/c++/[0-9]* "$cc/$unwrappedTriple"/include/c++/[0-9]*; do
  [[ -d $directory && ! -L $directory ]] || continue
  cxxHeaderFlags+=" -isystem $directory"
  [[ ! -d $directory/$unwrappedTriple ]] || cxxHeaderFlags+=" -isystem $directory/$unwrappedTriple"
  cxxHeaderFlags+=" -isystem $directory/backward"
done
export cxxHeaderFlags

# wrapCompiler NAME REAL CXX PREPROCESSOR
wrapCompiler() {
  [[ -e $cc/bin/$2 ]] || return 0
  export program=$cc/bin/$2 isCxx="'$3'" isPreprocessor="'$4'"
  substituteAll "$sources/cc-wrapper.sh" "$out/bin/$targetPrefix$1"
  chmod +x "$out/bin/$targetPrefix$1"
}
wrapCompiler gcc gcc '' ''
wrapCompiler cc gcc '' ''
wrapCompiler g++ g++ 1 ''
wrapCompiler c++ g++ 1 ''
wrapCompiler cpp cpp '' 1

for name in gcc-ar gcc-nm gcc-ranlib gcov; do
  [[ ! -e $cc/bin/$name ]] || ln -s "$cc/bin/$name" "$out/bin/$targetPrefix$name"
done

substituteAll "$common/roles.sh" "$out/nix-support/wrapper-functions.sh"
substituteAll "$sources/setup-hook.sh" "$out/nix-support/setup-hook"

# Whoever has the compiler has the linker.
printf '%s ' "$bintools" >"$out/nix-support/propagated-build-inputs"

printf '%s\n' "$cc" >"$out/nix-support/orig-cc"
printf '%s\n' "$libc" >"$out/nix-support/orig-libc"
printf '%s\n' "$libcDev" >"$out/nix-support/orig-libc-dev"
printf '%s\n' "-idirafter $libcDev/include" >"$out/nix-support/libc-cflags"
printf '%s\n' "$cxxHeaderFlags" >"$out/nix-support/libcxx-cxxflags"
