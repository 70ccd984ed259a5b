# The package sets of a pair of platforms, one a stage: native; then, for a cross set, the tools that run here and aim
# there; then the packages that run there.
{
  lib,
  localSystem,
  crossSystem,
  config,
  overlays,
  crossOverlays,
}:
let
  bootstrap = import ../bootstrap { buildSystem = localSystem.system; };
  isCross = !lib.systems.equals localSystem crossSystem;

  arguments = {
    inherit
      localSystem
      crossSystem
      config
      overlays
      crossOverlays
      ;
  };
  # A set for other platforms or overlays, from the same entry.
  otherSet = changes: (import ./default.nix ({ inherit lib; } // arguments // normalise changes));
  normalise =
    changes:
    changes
    // lib.optionalAttrs (changes ? crossSystem) {
      crossSystem = lib.systems.elaborate changes.crossSystem;
    };

  makeStage =
    {
      description,
      adjacent,
      extraOverlays ? [ ],
    }:
    import ./stage.nix {
      inherit
        lib
        config
        adjacent
        otherSet
        ;
      overlays = overlays ++ extraOverlays;
      stage = description;
    };

  native = makeStage {
    description = import ./bootstrap/native.nix {
      inherit
        lib
        config
        bootstrap
        localSystem
        ;
    };
    adjacent = {
      pkgsBuildBuild = null;
      pkgsBuildHost = null;
      pkgsBuildTarget = null;
      pkgsHostHost = null;
      pkgsTargetTarget = null;
    };
  };

  # Build and host here, target there: the set where cross compilers live.
  tools = makeStage {
    description = import ./bootstrap/tools.nix {
      inherit
        lib
        config
        bootstrap
        crossSystem
        native
        ;
    };
    adjacent = {
      pkgsBuildBuild = native;
      pkgsBuildHost = native;
      pkgsBuildTarget = null;
      pkgsHostHost = native;
      pkgsTargetTarget = cross;
    };
  };

  cross = makeStage {
    description = import ./bootstrap/cross.nix {
      inherit
        lib
        config
        bootstrap
        localSystem
        crossSystem
        tools
        ;
    };
    adjacent = {
      pkgsBuildBuild = native;
      pkgsBuildHost = tools;
      pkgsBuildTarget = tools;
      pkgsHostHost = null;
      pkgsTargetTarget = null;
    };
    extraOverlays = crossOverlays;
  };
in
if isCross then cross else native
