# Wrapped binutils: the linker sees the dependencies of the package being built and records where their libraries are.
{
  lib,
  stdenvNoCC,
  # Unwrapped, with plain names in bin/; `triple` is the packager's own name for the platform.
  bintools,
  # The C library of the target: run time and development halves.
  libc,
  libcDev,
  runtimeShell,
  targetPlatform ? stdenvNoCC.targetPlatform,
}:
let
  targetPrefix = lib.optionalString (
    targetPlatform.config != stdenvNoCC.hostPlatform.config
  ) "${targetPlatform.config}-";
in
stdenvNoCC.mkDerivation (
  import ../wrapper-common {
    inherit lib runtimeShell targetPlatform;
    folder = ./.;
  }
  // {
    pname = "${targetPrefix}binutils-wrapper";
    inherit (bintools) version;

    inherit
      bintools
      libc
      libcDev
      targetPrefix
      ;
    unwrappedTriple = bintools.triple;
    dynamicLinker = libc.loader;
    libcLinkFlags = "-L${libcDev}/lib";

    passthru = {
      inherit
        bintools
        libc
        libcDev
        targetPrefix
        ;
      dynamicLinker = libc.loader;
      isGNU = true;
      isLLVM = false;
    };
    meta = {
      description = "System binary utilities (wrapper script)";
      platforms = lib.platforms.all;
      mainProgram = "${targetPrefix}ld";
    };
  }
)
