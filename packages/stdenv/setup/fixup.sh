# fixupPhase: what must hold of every output, whatever built it.
# shellcheck shell=bash

fixupPhase() {
  local output
  for output in $(getAllOutputNames); do
    if [[ -e ${!output} ]]; then
      chmod -R u+w,u-s,g-s "${!output}"
    fi
  done

  runHook preFixup

  for output in $(getAllOutputNames); do
    prefix=${!output} runHook fixupOutput
  done

  _recordPropagated
  _recordSetupHooks

  # Programs that only this package's propagation lists would keep alive in a profile.
  if [[ -n ${propagatedUserEnvPkgs-} ]]; then
    local words=()
    concatTo words propagatedUserEnvPkgs
    mkdir -p "${!outputBin}/nix-support"
    printWords "${words[@]}" >"${!outputBin}/nix-support/propagated-user-env-packages"
  fi

  runHook postFixup
}

# The lists that findInputs of dependent packages reads.
_recordPropagated() {
  [[ -n ${!outputDev-} ]] || return 0
  local pair variable file words
  for pair in \
    depsBuildBuildPropagated:propagated-build-build-deps \
    propagatedNativeBuildInputs:propagated-native-build-inputs \
    depsBuildTargetPropagated:propagated-build-target-deps \
    depsHostHostPropagated:propagated-host-host-deps \
    propagatedBuildInputs:propagated-build-inputs \
    depsTargetTargetPropagated:propagated-target-target-deps; do
    variable=${pair%%:*} file=${pair#*:}
    words=()
    concatTo words "$variable"
    if ((${#words[@]})); then
      mkdir -p "${!outputDev}/nix-support"
      printWords "${words[@]}" >"${!outputDev}/nix-support/$file"
    fi
  done
}

# `setupHook` and `setupHooks` of a package, with its variables put in.
_recordSetupHooks() {
  local hooks=() hook content
  concatTo hooks setupHook setupHooks
  ((${#hooks[@]})) || return 0
  mkdir -p "${!outputDev}/nix-support"
  for hook in "${hooks[@]}"; do
    substituteAll "$hook" hook.tmp
    consumeEntire content <hook.tmp
    rm hook.tmp
    printf '%s\n' "$content" >>"${!outputDev}/nix-support/setup-hook"
  done
}
