# The programs that a build needs before the set has built any: shell, coreutils and company, and perl beside them.
{ debian, glibc }:
let
  # In glibc's prefix, so not once more here.
  provided = [
    "libc6"
    "libcrypt1"
    "libgcc-s1"
  ];
  relocations = system: extra: [
    {
      inherit system;
      interpreter = (glibc system).loader;
      runPath = [ "@out@/lib" ] ++ extra ++ [ "${glibc system}/lib" ];
    }
  ];
in
rec {
  # bin/sh of a system as one static program, for sandboxes: it runs where nothing else of that system is.
  shell =
    system:
    debian.prefix {
      name = "bash-static-${debian.upstreamVersion system "bash-static"}";
      inherit system;
      packages = [ "bash-static" ];
      include = [ "bin/bash-static" ];
      links."bin/sh" = "bash-static";
    };

  tools =
    system:
    debian.prefix {
      name = "bootstrap-tools-${(debian.architectureOf system).multiarch}";
      inherit system;
      packages = debian.closure system [
        "bash"
        "bzip2"
        "coreutils"
        "diffutils"
        "file"
        "findutils"
        "gawk"
        "grep"
        "gzip"
        "make"
        "patch"
        "sed"
        "tar"
        "xz-utils"
      ] provided;
      include = [
        "bin/**"
        "lib/**"
        "libexec/**"
        "share/awk/**"
        "share/misc/**"
      ];
      exclude = [
        "lib/ossl-modules/**"
        "lib/engines-3/**"
        "lib/ssl/**"
        "lib/systemd/**"
        "bin/bashbug"
        "bin/deb-systemd-*"
      ];
      # Debian makes these through its alternatives system or leaves them to other packages.
      links = {
        "bin/awk" = "gawk";
        "bin/sh" = "bash";
      };
      interpreters = [ "@out@/bin" ];
      wrappers."bin/file" = {
        shell = "@out@/bin/bash";
        variables.MAGIC = "@out@/lib/file/magic.mgc";
      };
      relocations = relocations system [ ];
    };

  perl =
    system:
    let
      inherit (debian.architectureOf system) multiarch;
      version = debian.upstreamVersion system "perl";
    in
    debian.prefix {
      name = "perl-${multiarch}-${version}";
      inherit system;
      packages = debian.closure system [ "perl" ] provided;
      exclude = [
        "share/perl/*/pod/*.pod"
        "share/perl/*/perl5db.pl"
      ];
      interpreters = [
        "@out@/bin"
        "${tools system}/bin"
      ];
      # The search path is compiled in as /usr/…, with no room for a store path.
      wrappers."bin/perl" = {
        shell = "${tools system}/bin/bash";
        variables.PERL5LIB = builtins.concatStringsSep ":" [
          "@out@/lib/perl/${version}"
          "@out@/share/perl/${version}"
          "@out@/lib/perl5/${version}"
          "@out@/lib/perl-base"
        ];
      };
      relocations = relocations system [ ];
    };
}
