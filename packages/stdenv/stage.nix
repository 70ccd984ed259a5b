# One package set: a stage's platforms and stdenv, everything found in pkgs/, the helpers, and the overlays.
{
  lib,
  config,
  overlays,
  # { stdenv, platforms …, bootstrap } of this stage.
  stage,
  # The sets beside it: null means "this one itself".
  adjacent,
  # Makes a whole set for other platforms: { localSystem, crossSystem } -> packages.
  otherSet,
}:
let
  inherit (stage) stdenv bootstrap;
  inherit (import ./splice.nix { inherit lib; }) splicePackages;
  isCross =
    !(
      lib.systems.equals stdenv.buildPlatform stdenv.hostPlatform
      && lib.systems.equals stdenv.hostPlatform stdenv.targetPlatform
    );

  platforms =
    self:
    let
      beside = name: if adjacent.${name} == null then self else adjacent.${name};
    in
    lib.genAttrs [
      "pkgsBuildBuild"
      "pkgsBuildHost"
      "pkgsBuildTarget"
      "pkgsHostHost"
      "pkgsTargetTarget"
    ] beside
    // {
      pkgsHostTarget = self;
      buildPackages = self.pkgsBuildHost;
      targetPackages = self.pkgsTargetTarget;
      pkgs = self;

      inherit lib config overlays stdenv bootstrap;
      inherit (stdenv) buildPlatform hostPlatform targetPlatform;
      inherit (stdenv.hostPlatform) system;
      stdenvNoCC = stage.stdenvNoCC;
      path = ../.;
    };

  calling =
    self:
    let
      spliced =
        if isCross then
          splicePackages {
            inherit (self)
              pkgsBuildBuild
              pkgsBuildHost
              pkgsBuildTarget
              pkgsHostHost
              pkgsHostTarget
              pkgsTargetTarget
              ;
          }
          // platforms self
        else
          self;
    in
    {
      inherit splicePackages;
      __splicedPackages = spliced;
      newScope = extra: lib.callPackageWith (spliced // extra);
      callPackage = self.newScope { };
      callPackages = lib.callPackagesWith spliced;
      makeScopeWithSplicing' = lib.makeScopeWithSplicing' { inherit (self) splicePackages newScope; };
      makeScopeWithSplicing = lib.makeScopeWithSplicing splicePackages self.newScope;
      generateSplicesForMkScope =
        attribute:
        let
          path = lib.toList attribute;
          member = set: lib.attrByPath path { } set;
        in
        {
          selfBuildBuild = member self.pkgsBuildBuild;
          selfBuildHost = member self.pkgsBuildHost;
          selfBuildTarget = member self.pkgsBuildTarget;
          selfHostHost = member self.pkgsHostHost;
          selfHostTarget = member self.pkgsHostTarget;
          selfTargetTarget = member self.pkgsTargetTarget;
        };
    };

  otherPlatforms = self: {
    # One set a predefined platform; evaluated only where it is looked into.
    pkgsCross = lib.mapAttrs (
      _: crossSystem: otherSet { inherit crossSystem; }
    ) lib.systems.examples;

    # The same platforms with further overlays.
    appendOverlays =
      extra: if extra == [ ] then self else otherSet { overlays = overlays ++ extra; };
    extend = overlay: self.appendOverlays [ overlay ];
  };

  layers = [
    (self: _previous: platforms self // calling self)
    (self: _previous: import ../build-support { inherit lib self; })
    (self: _previous: import ../pkgs { inherit lib self; })
    (self: _previous: import ../pkgs/aliases.nix { inherit lib self; })
    (self: _previous: otherPlatforms self)
    (final: previous: stdenv.overrides final previous)
    (
      _final: previous:
      lib.optionalAttrs (config ? packageOverrides) (lib.toFunction config.packageOverrides previous)
    )
  ];
in
lib.fix (lib.foldl' (lib.flip lib.extends) (_self: { }) (layers ++ overlays))
