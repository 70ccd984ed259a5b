{
  lib,
  stdenv,
  fetchDebianSource,
  shared ? stdenv.hostPlatform.hasSharedLibraries,
  static ? true,
}:
stdenv.mkDerivation {
  pname = "zlib";
  version = "1.3.1";

  src = fetchDebianSource (lib.importJSON ./source.json);

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

  meta = {
    description = "Lossless data-compression library";
    homepage = "https://zlib.net";
    license = lib.licenses.zlib;
    platforms = lib.platforms.all;
  };
}
