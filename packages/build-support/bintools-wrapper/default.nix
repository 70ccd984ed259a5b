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
stdenvNoCC.mkDerivation {
  pname = "${targetPrefix}binutils-wrapper";
  inherit (bintools) version;

  inherit
    bintools
    libc
    libcDev
    targetPrefix
    ;
  unwrappedTriple = bintools.triple;
  shell = runtimeShell;
  dynamicLinker = libc.loader;
  libcLinkFlags = "-L${libcDev}/lib";
  suffixSalt = lib.replaceStrings [ "-" "." ] [ "_" "_" ] targetPlatform.config;
  defaultHardening = lib.concatStringsSep " " (lib.importJSON ../wrapper-common/hardening.json).defaults;

  sources = builtins.path {
    name = "bintools-wrapper";
    path = ./.;
    filter = path: _type: lib.hasSuffix ".sh" path;
  };
  common = builtins.path {
    name = "wrapper-common";
    path = ../wrapper-common;
    filter = path: _type: lib.hasSuffix ".sh" path;
  };

  strictDeps = true;
  buildCommand = "source $sources/build.sh";

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
