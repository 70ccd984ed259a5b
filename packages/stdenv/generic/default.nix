# A standard environment: a derivation whose $out/setup every build reads, and beside it mkDerivation and the platforms.
{
  lib,
  config,
  name ? "stdenv",
  buildPlatform,
  hostPlatform,
  targetPlatform,
  # Bash, and prefixes whose bin/ is every build's PATH.
  shell,
  initialPath,
  # The wrapped compiler for the host, which runs on the build platform; null for stdenvNoCC.
  cc ? null,
  hasCC ? cc != null,
  extraNativeBuildInputs ? [ ],
  extraBuildInputs ? [ ],
  preHook ? "",
  # Changes that this stdenv makes to the package set around it: final: prev: { … }
  overrides ? (_final: _prev: { }),
  # Arguments that derived stdenvs start from.
  extraAttributes ? { },
}@arguments:
let
  defaultNativeBuildInputs = extraNativeBuildInputs ++ lib.optional hasCC cc;

  derivation = builtins.derivation {
    inherit name preHook shell;
    inherit (buildPlatform) system;
    builder = shell;
    args = [
      "-e"
      (builtins.path {
        name = "assemble-stdenv.sh";
        path = ../assemble.sh;
      })
    ];
    sources = builtins.path {
      name = "stdenv-setup";
      path = ../.;
      # Only the shell code: a change of the Nix side shall not rebuild the world.
      filter =
        path: type:
        let
          base = baseNameOf path;
        in
        if type == "directory" then
          base == "setup"
        else
          baseNameOf (dirOf path) == "setup" && (lib.hasSuffix ".sh" base || base == "order.txt");
    };
    inherit initialPath defaultNativeBuildInputs;
    defaultBuildInputs = extraBuildInputs;
  };

  stdenv =
    derivation
    // {
      inherit
        buildPlatform
        hostPlatform
        targetPlatform
        shell
        initialPath
        cc
        hasCC
        extraNativeBuildInputs
        extraBuildInputs
        overrides
        ;
      inherit defaultNativeBuildInputs;

      # The system that derivations of this stdenv are built on.
      inherit (buildPlatform) system;
      inherit (hostPlatform)
        isDarwin
        isLinux
        isBSD
        isFreeBSD
        isOpenBSD
        isCygwin
        isi686
        isx86_32
        isx86_64
        is32bit
        is64bit
        isAarch32
        isAarch64
        isMips
        isBigEndian
        ;
      inherit (import ./make-derivation.nix { inherit lib config; } stdenv) mkDerivation;

      bootstrapTools = builtins.head initialPath;
      meta = {
        description = "The default build environment of the package set";
        platforms = lib.platforms.all;
      };

      override = changes: import ./default.nix (arguments // lib.toFunction changes arguments);
    }
    // extraAttributes;
in
stdenv
