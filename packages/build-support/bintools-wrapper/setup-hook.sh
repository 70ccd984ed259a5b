# For users of wrapped binutils: names of the tools by role, and the library directories of every dependency.
# shellcheck shell=bash

bintoolsWrapper_addLDVars() {
  local role_post directory
  getHostRoleEnvHook
  for directory in "$1/lib64" "$1/lib"; do
    if [[ -d $directory && ! -L $directory ]]; then
      # A directory without libraries would only lengthen every search.
      local libraries=("$directory"/lib*)
      if [[ -e ${libraries[0]} ]]; then
        export "NIX_LDFLAGS$role_post"+=" -L$directory"
      fi
    fi
  done
}

getTargetRole
markToolForRole BINTOOLS_WRAPPER @suffixSalt@
addEnvHooks "$targetOffset" bintoolsWrapper_addLDVars

export "NIX_BINTOOLS$role_post=@out@"
for _tool in ar as ld nm objcopy objdump ranlib readelf size strings strip; do
  if [[ -x @out@/bin/@targetPrefix@$_tool ]]; then
    export "${_tool^^}$role_post=@targetPrefix@$_tool"
  fi
done
unset -v _tool role_post
