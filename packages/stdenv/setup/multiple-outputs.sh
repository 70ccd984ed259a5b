# Several outputs: which of them gets which kind of file, flags that tell build systems so, what is moved afterwards.
# A package may set outputBin, outputDev … itself; unset ones fall to the first output of their list that exists.
# shellcheck shell=bash

_assignFirst() {
  local variable=$1 name
  shift
  if [[ -n ${!variable-} ]]; then
    return 0
  fi
  for name in "$@"; do
    if [[ $name == REMOVE || -n ${!name-} ]]; then
      declare -g "$variable=$name"
      return 0
    fi
  done
  echo "_assignFirst(): ERROR: none of these outputs exists for $variable: $*" >&2
  return 1
}

# A derivation that has no `out` at all puts what belongs nowhere into its first output.
_firstOutput=$(getAllOutputNames)
_firstOutput=${_firstOutput%% *}
_assignFirst outputDev dev out "$_firstOutput"
_assignFirst outputBin bin out "$_firstOutput"
_assignFirst outputInclude "$outputDev"
# Static libraries and linker links belong with the libraries.
_assignFirst outputLib lib out "$_firstOutput"
_assignFirst outputDoc doc out "$_firstOutput"
_assignFirst outputDevdoc devdoc REMOVE out
_assignFirst outputMan man "$outputBin"
_assignFirst outputDevman devman devdoc "$outputMan"
_assignFirst outputInfo info "$outputBin"

# The output that `--prefix` names.
_prefixOutput() {
  if [[ -z ${prefix-} ]]; then
    if [[ -n ${out-} ]]; then
      prefix=$out
    else
      prefix=${!_firstOutput}
    fi
  fi
}

preConfigureHooks+=(_multioutConfig)
preFixupHooks+=(_multioutDocs)
preFixupHooks+=(_multioutDevs)
postFixupHooks+=(_multioutPropagateDev)

# Flags for configure scripts; documentation that nobody keeps goes to a place that is deleted later.
_multioutConfig() {
  if [[ $(getAllOutputNames) == out || -z ${setOutputFlags-1} ]]; then
    return
  fi
  local name=${shareDocName-}
  if [[ -z $name ]]; then
    local script=${configureScript:-./configure}
    if [[ -f $script ]]; then
      name=$(sed -n "s/^PACKAGE_TARNAME='\(.*\)'$/\1/p" "$script" | head -n 1)
    fi
    if [[ ! $name =~ ^[a-zA-Z0-9_-]+$ ]]; then
      # shellcheck disable=SC2154 # an attribute of every derivation
      name=${pname:-${name:-doc}}
    fi
  fi
  local documents=${!outputDoc}/share/doc/$name
  prependToVar configureFlags \
    "--bindir=${!outputBin}/bin" "--sbindir=${!outputBin}/sbin" \
    "--includedir=${!outputInclude}/include" "--mandir=${!outputMan}/share/man" \
    "--infodir=${!outputInfo}/share/info" "--docdir=$documents" \
    "--libdir=${!outputLib}/lib" "--libexecdir=${!outputLib}/libexec" \
    "--localedir=${!outputLib}/share/locale"
  prependToVar installFlags \
    "pkgconfigdir=${!outputDev}/lib/pkgconfig" "m4datadir=${!outputDev}/share/aclocal" \
    "aclocaldir=${!outputDev}/share/aclocal"
}

# moveToOutput PATTERN DIRECTORY: moves what matches in any output to the same place below DIRECTORY, which is an
# output's path ("$dev") or REMOVE.
moveToOutput() {
  local pattern=$1 destination=$2 output origin found target
  for output in $(getAllOutputNames); do
    origin=${!output}
    [[ $destination == "$origin" || ! -d $origin ]] && continue
    for found in "$origin"/$pattern; do
      [[ -e $found || -L $found ]] || continue
      if [[ $destination == REMOVE ]]; then
        echo "Removing $found"
        rm -rf "$found"
      else
        target=$destination${found#"$origin"}
        echo "Moving $found to $target"
        mkdir -p "${target%/*}"
        if [[ -d $found && -d $target ]]; then
          cp -a "$found/." "$target/"
          rm -rf "$found"
        else
          mv "$found" "$target"
        fi
      fi
      # Directories that are empty now go too, up to the output itself.
      rmdir --ignore-fail-on-non-empty --parents "${found%/*}" 2>/dev/null || true
    done
  done
}

# _moveTo PATTERN VARIABLE: where VARIABLE, outputDev and its like, holds the name of an output.
_moveTo() {
  local name=${!2}
  if [[ $name == REMOVE ]]; then
    moveToOutput "$1" REMOVE
  else
    moveToOutput "$1" "${!name}"
  fi
}

_multioutDocs() {
  _moveTo share/info outputInfo
  _moveTo share/doc outputDoc
  _moveTo share/gtk-doc outputDevdoc
  _moveTo share/man/man3 outputDevman
  _moveTo share/man outputMan
}

_multioutDevs() {
  if [[ $(getAllOutputNames) == out || -z ${moveToDev-1} ]]; then
    return
  fi
  _moveTo include outputInclude
  local pattern
  for pattern in lib/pkgconfig share/pkgconfig lib/cmake share/aclocal 'lib/*.la'; do
    _moveTo "$pattern" outputDev
  done

  # pkg-config files keep saying where headers are.
  local file
  for file in "${!outputDev}"/{lib,share}/pkgconfig/*.pc; do
    if [[ -f $file ]]; then
      echo "Patching '$file' includedir to output ${!outputInclude}"
      sed -i "/^includedir=/s,=\${prefix},=${!outputInclude}," "$file"
    fi
  done
}

# Whoever uses the dev output needs the libraries too: it propagates them.
_multioutPropagateDev() {
  if [[ $(getAllOutputNames) == out ]]; then
    return
  fi
  local propagator=$outputDev reference words=
  [[ -n ${!outputDev-} ]] || return 0
  for reference in $outputInclude $outputLib ${propagatedBuildOutputs-}; do
    if [[ $reference != "$propagator" && " $words " != *" ${!reference} "* ]]; then
      words+="${words:+ }${!reference}"
    fi
  done
  if [[ -n $words ]]; then
    mkdir -p "${!propagator}/nix-support"
    # shellcheck disable=SC2086 # a list of paths
    printWords $words >>"${!propagator}/nix-support/propagated-build-inputs"
  fi
}
