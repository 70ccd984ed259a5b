# From an unwrapped toolchain of the bootstrap to what `stdenv.cc` is.
{
  lib,
  stdenvNoCC,
  runtimeShell,
  targetPlatform ? stdenvNoCC.targetPlatform,
}:
{
  gcc,
  gccLib,
  binutils,
  libc,
  libcDev,
  ...
}:
rec {
  bintools = import ./bintools-wrapper {
    inherit
      lib
      stdenvNoCC
      runtimeShell
      targetPlatform
      libc
      libcDev
      ;
    bintools = binutils;
  };
  cc = import ./cc-wrapper {
    inherit
      lib
      stdenvNoCC
      runtimeShell
      targetPlatform
      gccLib
      bintools
      ;
    cc = gcc;
  };
}
