# What every compiler and linker of a build is told, beside what dependencies and the package itself say.
# shellcheck shell=bash

# Programs find libraries of their own package. The run path shrinks again where there are none.
if [[ -z ${NIX_DONT_SET_RPATH-} ]]; then
  export NIX_LDFLAGS="-rpath ${!outputLib}/lib ${NIX_LDFLAGS-}"
fi

# GCC numbers what is local to a file by a seed that is random unless it is given.
_seed=${!_firstOutput##*/}
export NIX_CFLAGS_COMPILE="-frandom-seed=${_seed:0:10} ${NIX_CFLAGS_COMPILE-}"
unset -v _seed
