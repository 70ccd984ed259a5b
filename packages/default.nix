# The package set for a pair of platforms: `import ./packages { localSystem = "x86_64-linux"; crossSystem = …; }`.
{
  # Where builds run: a system name or arguments of lib.systems.elaborate.
  localSystem ? {
    system =
      arguments.system
        or (builtins.currentSystem
          or (throw "packages: say `localSystem`; a pure evaluation does not know this machine")
        );
  },
  system ? null,
  # Where the packages run; null means where they are built.
  crossSystem ? null,
  # final: prev: { … }, applied to every stage in their order; crossOverlays only to the packages that run there.
  overlays ? [ ],
  crossOverlays ? [ ],
  config ? { },
}@arguments:
let
  lib = import ./lib;
  local = lib.systems.elaborate localSystem;
  # One platform in two spellings is no cross compilation.
  cross = if crossSystem == null then local else lib.systems.elaborate crossSystem;
in
import ./stdenv {
  inherit lib overlays crossOverlays;
  localSystem = local;
  crossSystem = if lib.systems.equals local cross then local else cross;
  config = lib.toFunction config { };
}
