# For users of a wrapped compiler: its names by role, and the headers of every dependency.
# shellcheck shell=bash

ccWrapper_addCVars() {
  local role_post
  getHostRoleEnvHook
  if [[ -d $1/include ]]; then
    export "NIX_CFLAGS_COMPILE$role_post"+=" -isystem $1/include"
  fi
}

getTargetRole
markToolForRole CC_WRAPPER @suffixSalt@
addEnvHooks "$targetOffset" ccWrapper_addCVars

export "NIX_CC$role_post=@out@"
export "CC$role_post=@targetPrefix@gcc"
export "CXX$role_post=@targetPrefix@g++"
unset -v role_post
