# The cross set: its compiler is `gcc` of the tools' set, so an overlay that changes `gcc` changes the whole set.
{
  lib,
  config,
  bootstrap,
  localSystem,
  crossSystem,
  tools,
}:
let
  common = {
    inherit lib config;
    buildPlatform = localSystem;
    hostPlatform = crossSystem;
    targetPlatform = crossSystem;
    inherit (tools.stdenv) shell initialPath;
  };
in
{
  inherit bootstrap;
  stdenv = import ../generic (
    common
    // {
      name = "stdenv-linux";
      cc = tools.gcc;
      hasCC = true;
    }
  );
  stdenvNoCC = import ../generic (
    common
    // {
      name = "stdenv-no-cc-linux";
      hasCC = false;
    }
  );
}
