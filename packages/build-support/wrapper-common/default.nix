# The attributes that every wrapper of a toolchain has.
{
  lib,
  runtimeShell,
  targetPlatform,
  # The wrapper's folder, whose scripts it is built from.
  folder,
}:
let
  scriptsOf =
    path:
    builtins.path {
      name = baseNameOf path;
      inherit path;
      filter = file: _type: lib.hasSuffix ".sh" file;
    };
in
{
  shell = runtimeShell;
  suffixSalt = lib.replaceStrings [ "-" "." ] [ "_" "_" ] targetPlatform.config;
  defaultHardening = lib.concatStringsSep " " (lib.importJSON ./hardening.json).defaults;
  sources = scriptsOf folder;
  common = scriptsOf ./.;
  strictDeps = true;
  buildCommand = "source $sources/build.sh";
}
