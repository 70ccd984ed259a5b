# Programs of the host platform that are linked with zlib, to be run there.
{ runCommandCC, zlib }:
{
  deflate =
    runCommandCC "zlib-deflate"
      {
        buildInputs = [ zlib ];
        source = builtins.path {
          name = "deflate.c";
          path = ./deflate.c;
        };
        meta.mainProgram = "deflate";
      }
      ''
        mkdir -p "$out/bin"
        $CC -O1 "$source" -o "$out/bin/deflate" -lz
      '';
}
