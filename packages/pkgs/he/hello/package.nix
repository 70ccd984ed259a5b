{
  lib,
  stdenv,
  fetchDebianSource,
}:
stdenv.mkDerivation {
  pname = "hello";
  version = "2.10";

  src = fetchDebianSource (lib.importJSON ./source.json);

  enableParallelBuilding = true;

  meta = {
    description = "Program that produces a familiar, friendly greeting";
    homepage = "https://www.gnu.org/software/hello/manual/";
    license = lib.licenses.gpl3Plus;
    mainProgram = "hello";
    platforms = lib.platforms.all;
  };
}
