# What programs compiled by GCC need when they run: libgcc_s, libstdc++, libgomp, libatomic …
{ debian, glibc, versions }:
system:
let
  version = debian.upstreamVersion system "libstdc++6";
in
debian.prefix {
  name = "gcc-runtime-${(debian.architectureOf system).multiarch}-${version}";
  inherit system;
  packages = versions.runtime ++ (versions.runtimeExtra.${system} or [ ]);
  include = [ "lib/**" ];
  relocations = [
    {
      inherit system;
      interpreter = (glibc system).loader;
      runPath = [
        "@out@/lib"
        "${glibc system}/lib"
      ];
    }
  ];
  passthru = {
    inherit version;
  };
}
