{
  lib,
  stdenv,
  fetchDebianSource,
}:
let
  source = fetchDebianSource (lib.importJSON ./source.json);
in
stdenv.mkDerivation {
  pname = "hello";
  version = source.upstreamVersion;

  src = source;

  enableParallelBuilding = true;

  meta = {
    description = "Program that produces a familiar, friendly greeting";
    homepage = "https://www.gnu.org/software/hello/manual/";
    license = lib.licenses.gpl3Plus;
    mainProgram = "hello";
    platforms = lib.platforms.all;
  };
}
