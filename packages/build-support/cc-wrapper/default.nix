# A wrapped GCC: it knows the dependencies of the package being built, the C library, and the wrapped linker.
{
  lib,
  stdenvNoCC,
  # Unwrapped, with plain names in bin/; `triple` is the packager's own name for the platform.
  cc,
  # libgcc_s, libstdc++ and company for the target.
  gccLib,
  # The wrapped binutils.
  bintools,
  runtimeShell,
  targetPlatform ? stdenvNoCC.targetPlatform,
}:
let
  inherit (bintools) targetPrefix libc libcDev;
in
stdenvNoCC.mkDerivation (
  import ../wrapper-common {
    inherit lib runtimeShell targetPlatform;
    folder = ./.;
  }
  // {
    pname = "${targetPrefix}gcc-wrapper";
    inherit (cc) version;

    inherit
      cc
      gccLib
      bintools
      libc
      libcDev
      targetPrefix
      ;
    unwrappedTriple = cc.triple;

    passthru = {
      inherit
        cc
        bintools
        libc
        libcDev
        gccLib
        targetPrefix
        ;
      libc_dev = libcDev;
      isGNU = true;
      isClang = false;
      hardeningUnsupportedFlags = [ ];
    };
    meta = {
      description = "GNU Compiler Collection (wrapper script)";
      platforms = lib.platforms.all;
      mainProgram = "${targetPrefix}gcc";
    };
  }
)
