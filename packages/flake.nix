{
  description = "Ferry's own package set: cross toolchains, stdenv and packages for every platform";

  outputs =
    _inputs:
    let
      lib = import ./lib;
      forSystems = lib.genAttrs lib.systems.flakeExposed;
      set = system: import ./. { localSystem = { inherit system; }; };
      legacyPackages = forSystems set;

      # The packages in pkgs/, without helpers and further sets.
      names = lib.concatMap (
        shard:
        lib.optionals ((builtins.readDir ./pkgs).${shard} == "directory") (
          lib.attrNames (builtins.readDir (./pkgs + "/${shard}"))
        )
      ) (lib.attrNames (builtins.readDir ./pkgs));
    in
    {
      inherit lib legacyPackages;
      packages = lib.mapAttrs (_: lib.getAttrs names) legacyPackages;
    };
}
