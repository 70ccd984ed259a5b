#!@shell@
# shellcheck shell=bash disable=SC2239,SC2157 # words in @…@ are replaced when the wrapper is made
# The compiler as packages see it: headers of the dependencies and of the C library, hardening, and the wrapped linker.
set -eu -o pipefail +o posix
shopt -s nullglob
# shellcheck source=/dev/null
source @out@/nix-support/wrapper-functions.sh

joinRoleVariables NIX_CFLAGS_COMPILE NIX_CC_WRAPPER
joinRoleVariables NIX_CFLAGS_COMPILE_BEFORE NIX_CC_WRAPPER
joinRoleVariables NIX_CXXSTDLIB_COMPILE NIX_CC_WRAPPER
joinRoleVariables NIX_CFLAGS_LINK NIX_CC_WRAPPER

expandResponseFiles "$@"

# --- What is asked for? ---
isLinking=1 isCxx=@isCxx@ isPreprocessing=@isPreprocessor@
hasInput='' wantsHeaders=1 wantsCxxHeaders=1 wantsLibraries=1 isShared='' isStatic='' isFreestanding=''
previous=''
for argument in ${params+"${params[@]}"}; do
  case $argument in
    -c | -S | -E | -M | -MM | -fsyntax-only) isLinking='' ;;
    -nostdinc) wantsHeaders='' wantsCxxHeaders='' ;;
    -nostdinc++) wantsCxxHeaders='' ;;
    -nostdlib | -nodefaultlibs) wantsLibraries='' ;;
    -ffreestanding) isFreestanding=1 ;;
    -shared) isShared=1 ;;
    -static | -static-pie) isStatic=1 ;;
    -x) ;;
    -xc++*) isCxx=1 ;;
    -) hasInput=1 ;;
    -*) ;;
    *)
      # The word after -x is a language, after -o and its like a file that is not read; any other is input.
      case $previous in
        -x) if [[ $argument == c++* ]]; then isCxx=1; else isCxx=''; fi ;;
        -o | -MF | -MT | -MQ | -D | -U | -I | -L | -isystem | -idirafter | -iquote | -include) ;;
        *) hasInput=1 ;;
      esac
      ;;
  esac
  previous=$argument
done
if [[ -n $isPreprocessing || -z $hasInput ]]; then
  # `gcc -v`, `gcc -dumpmachine`: with link flags it would try to link.
  isLinking=''
fi

# shellcheck disable=SC2206 # flags are words
before=($NIX_CFLAGS_COMPILE_BEFORE_@suffixSalt@)
# shellcheck disable=SC2206
after=($NIX_CFLAGS_COMPILE_@suffixSalt@)
before+=(-B@bintools@/libexec/bintools/)

# --- Hardening: flags stand before those of the package, which may contradict them ---
for flag in ${NIX_HARDENING_ENABLE-@defaultHardening@}; do
  case $flag in
    fortify | fortify3)
      if [[ -z $isFreestanding ]]; then
        level=2
        [[ $flag != fortify3 ]] || level=3
        # The C library warns where it is on without optimisation.
        before+=(-O2 -U_FORTIFY_SOURCE "-D_FORTIFY_SOURCE=$level")
      fi
      ;;
    stackprotector)
      if [[ -z $isFreestanding ]]; then before+=(-fstack-protector-strong --param ssp-buffer-size=4); fi
      ;;
    stackclashprotection) before+=(-fstack-clash-protection) ;;
    pie)
      before+=(-fPIE)
      if [[ -n $isLinking && -z $isShared && -z $isStatic ]]; then before+=(-pie); fi
      ;;
    pic) before+=(-fPIC) ;;
    strictoverflow) before+=(-fno-strict-overflow) ;;
    trivialautovarinit) before+=(-ftrivial-auto-var-init=pattern) ;;
    zerocallusedregs) before+=(-fzero-call-used-regs=used-gpr) ;;
    format) before+=(-Wformat -Wformat-security -Werror=format-security) ;;
  esac
done

# --- Headers: dependencies first, then C++, then GCC's own, the C library last, so that #include_next reaches it ---
if [[ -n $isCxx && -n $wantsCxxHeaders ]]; then
  # shellcheck disable=SC2206
  after+=($NIX_CXXSTDLIB_COMPILE_@suffixSalt@ @cxxHeaderFlags@)
fi
if [[ -n $wantsHeaders ]]; then
  after+=(-idirafter @libcDev@/include)
fi

if [[ -n $isLinking ]]; then
  # shellcheck disable=SC2206
  after+=($NIX_CFLAGS_LINK_@suffixSalt@)
  # Start files come from here.
  before+=(-B@libcDev@/lib/)
  # libgcc_s.so and its like are texts that name libraries in here.
  after+=(-L@gccLib@/lib)
  if [[ -n $wantsLibraries && -z $isStatic ]]; then
    # shellcheck disable=SC2054 # commas belong to -Wl
    after+=(-Wl,-rpath,@gccLib@/lib -Wl,-rpath-link,@gccLib@/lib)
  fi
fi

if ((${NIX_DEBUG:-0} >= 1)); then
  echo "compiler wrapper, flags before, given and after:" >&2
  showCommand ${before+"${before[@]}"} -- ${params+"${params[@]}"} -- ${after+"${after[@]}"}
fi

exec @program@ ${before+"${before[@]}"} ${params+"${params[@]}"} ${after+"${after[@]}"}
