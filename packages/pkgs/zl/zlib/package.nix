{
  lib,
  stdenv,
  callPackage,
  fetchDebianSource,
  shared ? stdenv.hostPlatform.hasSharedLibraries,
  static ? true,
}:
let
  source = fetchDebianSource (lib.importJSON ./source.json);
in
stdenv.mkDerivation (finalAttrs: {
  pname = "zlib";
  version = source.upstreamVersion;

  src = source;

  outputs = [
    "out"
    "dev"
  ]
  ++ lib.optional static "static";
  # Its configure script is written by hand: it knows few flags, and the platform comes as a prefix of tool names.
  setOutputFlags = false;
  outputDoc = "dev";
  configurePlatforms = [ ];
  dontDisableStatic = true;
  dontAddDisableDepTrack = true;

  preConfigure = lib.optionalString (stdenv.hostPlatform.config != stdenv.buildPlatform.config) ''
    export CHOST=${stdenv.hostPlatform.config}
  '';
  configureFlags = lib.optional (!shared) "--static";

  postInstall = lib.optionalString static ''
    moveToOutput lib/libz.a "$static"
  '';

  enableParallelBuilding = true;
  doCheck = true;

  passthru.tests = callPackage ./tests.nix { zlib = finalAttrs.finalPackage; };

  meta = {
    description = "Lossless data-compression library";
    homepage = "https://zlib.net";
    license = lib.licenses.zlib;
    platforms = lib.platforms.all;
  };
})
