# The set between the native and the cross one: programs that run here, compilers in it aim at the cross platform.
{
  lib,
  config,
  bootstrap,
  crossSystem,
  native,
}:
let
  retarget =
    stdenv:
    stdenv.override {
      inherit lib config;
      targetPlatform = crossSystem;
    };
in
{
  inherit bootstrap;
  stdenv = retarget native.stdenv;
  stdenvNoCC = retarget native.stdenvNoCC;
}
