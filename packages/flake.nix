{
  description = "Ferry's own package set: cross toolchains, stdenv and packages for every platform";

  outputs =
    _inputs:
    let
      lib = import ./lib;
      forSystems = lib.genAttrs lib.systems.flakeExposed;
      set = system: import ./. { localSystem = { inherit system; }; };
      legacyPackages = forSystems set;

      # The set whose packages run where a value of somebody's does: that of another platform for what was crossed.
      setOf =
        system: value:
        let
          host = value.stdenv.hostPlatform or null;
          native = legacyPackages.${system};
        in
        if host == null || host.config == native.stdenv.hostPlatform.config then
          native
        else
          import ./. {
            localSystem = { inherit system; };
            crossSystem = { inherit (host) config; };
          };

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

      bundlers = forSystems (system: {
        default = value: (setOf system value).bundle value;
      });

      packages = lib.mapAttrs (_: lib.getAttrs names) legacyPackages;
    };
}
