# unpackPhase: $src or $srcs become directories, and the build goes on in $sourceRoot.
# shellcheck shell=bash

# stripHash PATH: the name of a store object as its author gave it.
stripHash() {
  local name=${1##*/}
  if [[ $name =~ ^[a-z0-9]{32}- ]]; then
    name=${name:33}
  fi
  printf '%s\n' "$name"
}

# The default of `unpackCmd`: directories and what tar reads.
_defaultUnpack() {
  local file=$1 destination
  if [[ -d $file ]]; then
    destination=$(stripHash "$file")
    if [[ -e $destination ]]; then
      echo "Cannot copy $file to $destination: destination already exists!" >&2
      echo "Did you specify two \"srcs\" with the same \"name\"?" >&2
      return 1
    fi
    cp -r --preserve=timestamps --reflink=auto -- "$file" "$destination"
    return
  fi
  case $file in
    *.tar | *.tar.* | *.tgz | *.tbz2 | *.tbz | *.txz)
      # Owners and modes of the archive's author mean nothing here; warnings about unknown header fields neither.
      tar -xf "$file" --mode=+w --warning=no-timestamp
      ;;
    *) return 1 ;;
  esac
}
unpackCmdHooks+=(_defaultUnpack)

# unpackFile PATH
unpackFile() {
  # `unpackCmd` of packages reads curSrc.
  curSrc=$1
  echo "unpacking source archive $curSrc"
  if ! runOneHook unpackCmd "$curSrc"; then
    echo "do not know how to unpack source archive $curSrc" >&2
    exit 1
  fi
}

# SOURCE_DATE_EPOCH is the newest file of the source, so that results do not depend on when they were built. Files as
# new as the build itself were made by unpacking and say nothing.
_updateSourceDateEpoch() {
  local newest time start
  start=$(stat -c %Y "$NIX_BUILD_TOP")
  IFS=' ' read -r time newest < <(
    find "$1" -type f -not -newermt "@$start" -printf '%T@ %p\n' | sort -n | tail -n 1
  ) || true
  time=${time%%.*}
  if [[ -n $time && $time -gt $SOURCE_DATE_EPOCH ]]; then
    echo "setting SOURCE_DATE_EPOCH to timestamp $time of file \"$newest\""
    export SOURCE_DATE_EPOCH=$time
  fi
}

unpackPhase() {
  runHook preUnpack

  local sources=() source before directory found=
  concatTo sources srcs
  ((${#sources[@]})) || concatTo sources src
  if ((${#sources[@]} == 0)); then
    echo "variable \$src or \$srcs should point to the source" >&2
    exit 1
  fi

  # Which directories are new tells the source root.
  declare -A existed=()
  for before in *; do
    [[ -d $before ]] && existed[$before]=1
  done

  for source in "${sources[@]}"; do
    unpackFile "$source"
  done

  : "${sourceRoot=}"
  if [[ -n ${setSourceRoot:-} ]]; then
    runOneHook setSourceRoot
  elif [[ -z $sourceRoot ]]; then
    for directory in *; do
      if [[ -d $directory && -z ${existed[$directory]-} ]]; then
        if [[ -n $found ]]; then
          echo "unpacker produced multiple directories" >&2
          exit 1
        fi
        found=$directory
      fi
    done
    sourceRoot=$found
  fi
  if [[ -z $sourceRoot ]]; then
    echo "unpacker appears to have produced no directories" >&2
    exit 1
  fi
  echo "source root is $sourceRoot"

  if [[ -z ${dontMakeSourcesWritable:-} ]]; then
    chmod -R u+w -- "$sourceRoot"
  fi
  _updateSourceDateEpoch "$sourceRoot"

  runHook postUnpack
}
