# Flags and variables that follow from the platforms.
{ lib, stdenv }:
let
  inherit (stdenv) buildPlatform hostPlatform targetPlatform;
  isCross = hostPlatform.config != buildPlatform.config;
  # The config.guess of an older source does not know these machines, so it is not asked.
  mustTellPlatforms = isCross || buildPlatform.isRiscV || buildPlatform.isLoongArch64;

  hardening = lib.importJSON ../../build-support/wrapper-common/hardening.json;

  hardeningOf =
    attributes:
    let
      enabled = attributes.hardeningEnable or [ ];
      disabled = attributes.hardeningDisable or [ ];
      unknown = lib.subtractLists (hardening.known ++ [ "all" ]) (enabled ++ disabled);
      active =
        if builtins.elem "all" disabled then
          [ ]
        else
          lib.subtractLists disabled (lib.unique (hardening.defaults ++ enabled));
    in
    assert lib.assertMsg (unknown == [ ])
      "mkDerivation: unknown hardening flags: ${lib.concatStringsSep ", " unknown}; known are ${
        lib.concatStringsSep ", " hardening.known
      }";
    {
      inherit active;
      # The wrapper's own default needs no word.
      isDefault = !(attributes ? hardeningEnable || attributes ? hardeningDisable);
    };
in
{
  # Whether programs built here can be started here without help, so that checks make sense.
  canRunHost = buildPlatform.canExecute hostPlatform;

  # `configurePlatforms` chooses which of --build, --host and --target a configure script is told.
  configure =
    attributes:
    let
      platforms = attributes.configurePlatforms or (
        lib.optionals mustTellPlatforms [
          "build"
          "host"
        ]
      );
      wants = name: builtins.elem name platforms;
    in
    assert lib.assertMsg (!builtins.isString (attributes.configureFlags or [ ]))
      "mkDerivation: `configureFlags` must be a list, so that its words need no quoting";
    attributes.configureFlags or [ ]
    ++ lib.optional (wants "build") "--build=${buildPlatform.config}"
    ++ lib.optional (wants "host") "--host=${hostPlatform.config}"
    ++ lib.optional (wants "target") "--target=${targetPlatform.config}";

  builder =
    attributes:
    let
      hardened = hardeningOf attributes;
      parallel = attributes.enableParallelBuilding or false;
    in
    lib.optionalAttrs (!hardened.isDefault) {
      NIX_HARDENING_ENABLE = lib.concatStringsSep " " hardened.active;
    }
    // lib.optionalAttrs parallel {
      enableParallelBuilding = true;
      enableParallelChecking = attributes.enableParallelChecking or true;
      enableParallelInstalling = attributes.enableParallelInstalling or true;
    }
    // lib.optionalAttrs (attributes ? hardeningEnable) { hardeningEnable = null; }
    // lib.optionalAttrs (attributes ? hardeningDisable) { hardeningDisable = null; };
}
