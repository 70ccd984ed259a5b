# Libraries that compilers, linkers and their helpers themselves are linked with.
{ debian, glibc, versions }:
system:
debian.prefix {
  name = "gcc-support-${(debian.architectureOf system).multiarch}";
  inherit system;
  packages = versions.support;
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
}
