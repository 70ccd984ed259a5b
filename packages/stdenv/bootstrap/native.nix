# The native set: shell, tools and compiler are Debian's, relocated into the store (packages/bootstrap); nothing is
# built before the first package except the wrappers.
{
  lib,
  config,
  bootstrap,
  localSystem,
}:
let
  common = {
    inherit lib config;
    buildPlatform = localSystem;
    hostPlatform = localSystem;
    targetPlatform = localSystem;
    shell = "${bootstrap.tools}/bin/bash";
    initialPath = [ bootstrap.tools ];
  };

  stdenvNoCC = import ../generic (
    common
    // {
      name = "stdenv-no-cc-linux";
      hasCC = false;
    }
  );

  wrap = import ../../build-support/wrap-toolchain.nix {
    inherit lib stdenvNoCC;
    runtimeShell = common.shell;
  };
in
{
  inherit bootstrap stdenvNoCC;
  stdenv = import ../generic (
    common
    // {
      name = "stdenv-linux";
      cc = (wrap (bootstrap.nativeToolchain localSystem.system)).cc;
    }
  );
}
