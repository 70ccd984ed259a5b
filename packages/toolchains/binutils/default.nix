# GNU binutils that run on `host` and work on programs of `triple`.
{ debian, glibc, gccRuntime, gccSupport }:
{ host, triple }:
let
  architecture = debian.architectureOf host;
  native = triple == architecture.multiarch;
  dashed = builtins.replaceStrings [ "_" ] [ "-" ] triple;
  main = "binutils-${dashed}";
  version = debian.upstreamVersion host main;
  programs = [
    "addr2line"
    "ar"
    "as"
    "c++filt"
    "elfedit"
    "gprof"
    "ld"
    "ld.bfd"
    "nm"
    "objcopy"
    "objdump"
    "ranlib"
    "readelf"
    "size"
    "strings"
    "strip"
  ];
in
debian.prefix {
  name = "binutils-${triple}-${version}";
  system = host;
  packages = [
    main
    "libjansson4"
    "libsframe1"
  ]
  ++ (if native then [ "libbinutils" "libctf0" "libctf-nobfd0" ] else [ ]);
  exclude = [
    "lib/debug/**"
    "bin/*-gp-*"
    "bin/*-gprofng*"
  ];
  # The plain names, so that a wrapper need not know how Debian calls them.
  links = builtins.listToAttrs (
    map (program: {
      name = "bin/${program}";
      value = "${triple}-${program}";
    }) programs
  );
  relocations = [
    {
      system = host;
      interpreter = (glibc host).loader;
      runPath = [
        "@out@/lib"
        "${gccSupport host}/lib"
        "${gccRuntime host}/lib"
        "${glibc host}/lib"
      ];
    }
  ];
  passthru = {
    inherit version triple;
  };
}
