#!@shell@
# shellcheck shell=bash disable=SC2239,SC2157 # words in @…@ are replaced when the wrapper is made
# The linker as packages see it: it finds the dependencies' libraries, records where they are, and names the loader of
# the store's C library. Everything else is the real linker's.
set -eu -o pipefail +o posix
shopt -s nullglob
# shellcheck source=/dev/null
source @out@/nix-support/wrapper-functions.sh

joinRoleVariables NIX_LDFLAGS NIX_BINTOOLS_WRAPPER
joinRoleVariables NIX_LDFLAGS_BEFORE NIX_BINTOOLS_WRAPPER
joinRoleVariables NIX_DYNAMIC_LINKER NIX_BINTOOLS_WRAPPER
joinRoleVariables NIX_DONT_SET_RPATH NIX_BINTOOLS_WRAPPER

expandResponseFiles "$@"
set -- ${params+"${params[@]}"}

# --- What kind of link is this? ---
isStatic='' isRelocatable='' hasLoader=''
loader=${NIX_DYNAMIC_LINKER_@suffixSalt@:-@dynamicLinker@}
arguments=()
while (($#)); do
  case $1 in
    -static | -Bstatic | -dn | -non_shared)
      # GCC says -static once for the whole link; -Bstatic switches back and forth between libraries.
      [[ $1 != -static ]] || isStatic=1
      arguments+=("$1")
      ;;
    -r | -i | --relocatable | -Ur)
      isRelocatable=1
      arguments+=("$1")
      ;;
    --no-dynamic-linker)
      hasLoader=1
      arguments+=("$1")
      ;;
    -dynamic-linker)
      # The first is GCC's own default, which points outside the store. A second one is the package's wish.
      if [[ -z $hasLoader && $2 == /lib*/ld-* ]]; then
        arguments+=("$1" "$loader")
      else
        arguments+=("$1" "$2")
      fi
      hasLoader=1
      shift
      ;;
    *) arguments+=("$1") ;;
  esac
  shift
done

before=() after=()
if [[ -z $isRelocatable ]]; then
  # shellcheck disable=SC2206 # flags are words
  before+=($NIX_LDFLAGS_BEFORE_@suffixSalt@)
  # shellcheck disable=SC2206
  after+=($NIX_LDFLAGS_@suffixSalt@ @libcLinkFlags@)

  hardening=${NIX_HARDENING_ENABLE-@defaultHardening@}
  for flag in $hardening; do
    case $flag in
      relro) before+=(-z relro) ;;
      bindnow) before+=(-z now) ;;
    esac
  done
fi

# --- Run path: the directories of the libraries that are named ---
# A library is looked up as the linker does: the first directory that has it counts.
libraryDirectories=() libraries=() runPath=()
declare -A isInRunPath=()

addToRunPath() {
  if [[ $1 == "${NIX_STORE:-/nix/store}"/* && -z ${isInRunPath[$1]-} ]]; then
    isInRunPath[$1]=1
    runPath+=(-rpath "$1" -rpath-link "$1")
  fi
}

readLibraryArguments() {
  local previous='' argument
  for argument in "$@"; do
    case $previous in
      -L | --library-path) libraryDirectories+=("$argument") ;;
      -l | --library) libraries+=("$argument") ;;
      -rpath | --rpath | -R) isInRunPath[$argument]=1 ;;
      -plugin | --plugin | -plugin-opt | -o | -rpath-link | --rpath-link | -T | -dynamic-linker | -soname | -h) ;;
      *)
        case $argument in
          -L?*) libraryDirectories+=("${argument#-L}") ;;
          --library-path=*) libraryDirectories+=("${argument#*=}") ;;
          -l?*) libraries+=("${argument#-l}") ;;
          --library=*) libraries+=("${argument#*=}") ;;
          -rpath=* | --rpath=*) isInRunPath[${argument#*=}]=1 ;;
          -*) ;;
          *.so | *.so.[0-9]*)
            # A library named by its path.
            if [[ $argument == /* ]]; then addToRunPath "${argument%/*}"; fi
            ;;
        esac
        ;;
    esac
    previous=$argument
  done
}

addLibrariesToRunPath() {
  local library directory file
  for library in ${libraries+"${libraries[@]}"}; do
    if [[ $library == :* ]]; then file=${library#:}; else file=lib$library.so; fi
    for directory in ${libraryDirectories+"${libraryDirectories[@]}"}; do
      if [[ -e $directory/$file ]]; then
        # The C library's development half holds links and scripts; what programs need lies in the other half. GCC names
        # directories of its own by way of "..", and has told the run path of its libraries already.
        if [[ $directory != @libcDev@/* && $directory != */../* ]]; then addToRunPath "$directory"; fi
        break
      fi
    done
  done
}

if [[ -z $isStatic && -z $isRelocatable && -n "@dynamicLinker@" ]]; then
  if [[ -z $NIX_DONT_SET_RPATH_@suffixSalt@ ]]; then
    readLibraryArguments ${before+"${before[@]}"} ${arguments+"${arguments[@]}"} ${after+"${after[@]}"}
    addLibrariesToRunPath
    addToRunPath @libc@/lib
    after+=(${runPath+"${runPath[@]}"})
  fi
fi

if ((${NIX_DEBUG:-0} >= 1)); then
  echo "ld wrapper, flags before, given and after:" >&2
  showCommand ${before+"${before[@]}"} -- ${arguments+"${arguments[@]}"} -- ${after+"${after[@]}"}
fi

exec @program@ ${before+"${before[@]}"} ${arguments+"${arguments[@]}"} ${after+"${after[@]}"}
