# GCC that runs on `host` and compiles for `triple`, which is a platform of the system `targetSystem`. Unwrapped: it
# knows its own files and binutils, but neither C library nor headers; the wrapper of stdenv adds those.
{
  debian,
  glibc,
  binutils,
  gccRuntime,
  gccSupport,
  versions,
  major,
}:
{
  host,
  triple,
  targetSystem,
}:
let
  architecture = debian.architectureOf host;
  native = triple == architecture.multiarch;
  dashed = builtins.replaceStrings [ "_" ] [ "-" ] triple;
  compiler = "gcc-${major}-${dashed}";
  version = debian.upstreamVersion host compiler;
  tools = binutils { inherit host triple; };
  directory = if native then "gcc" else "gcc-cross";
  private = "lib/${directory}/${triple}/${major}";

  link = program: target: {
    name = "bin/${program}";
    value = "${triple}-${target}-${major}";
  };
in
debian.prefix {
  name = "gcc-${triple}-${version}";
  system = host;
  packages = [
    compiler
    "cpp-${major}-${dashed}"
    "g++-${major}-${dashed}"
  ]
  ++ (
    if native then
      [
        "libgcc-${major}-dev"
        "libstdc++-${major}-dev"
      ]
    else
      versions.cross.${triple}
  );
  exclude = [
    "bin/*-lto-dump-*"
    "bin/*-gcov-dump-*"
    "bin/*-gcov-tool-*"
    "${private}/libasan*"
    "${private}/libhwasan*"
    "${private}/liblsan*"
    "${private}/libtsan*"
    "${private}/libubsan*"
    "${private}/libsanitizer.spec"
    "${private}/libcc1*"
    "${private}/plugin/**"
    "libexec/${directory}/${triple}/${major}/g++-mapper-server"
    "share/**"
  ];
  links =
    builtins.listToAttrs [
      (link "c++" "g++")
      (link "cc" "gcc")
      (link "cpp" "cpp")
      (link "g++" "g++")
      (link "gcc" "gcc")
      (link "gcc-ar" "gcc-ar")
      (link "gcc-nm" "gcc-nm")
      (link "gcc-ranlib" "gcc-ranlib")
      (link "gcov" "gcov")
    ]
    // {
      # Where GCC looks for as and ld by itself, relative to its own place.
      "${triple}/bin" = "${tools}/bin";
    };
  # Debian's cross packages keep libraries of the target below their triple; here they are the runtime's.
  moves =
    if native then
      [ ]
    else
      [
        {
          from = "${triple}/lib";
          to = "lib";
        }
      ];
  companions = [ (gccRuntime targetSystem) ];
  relocations = [
    {
      system = host;
      interpreter = (glibc host).loader;
      runPath = [
        "${gccSupport host}/lib"
        "${gccRuntime host}/lib"
        "${glibc host}/lib"
      ];
    }
  ];
  passthru = {
    inherit version triple major;
    binutils = tools;
    lib = gccRuntime targetSystem;
    # Relative to the prefix: crtbegin.o, libgcc.a and GCC's own headers.
    privateDirectory = private;
  };
}
