# What the set stands on: ready-made programs from pinned Debian packages. Builds run on `buildSystem`; the toolchains
# of every other system come from the same recipes.
{ buildSystem }:
let
  debian = import ./debian.nix;
  names = set: builtins.concatStringsSep ", " (builtins.attrNames set);
  targets = builtins.fromJSON (builtins.readFile ../toolchains/targets.json);
  gccVersions = builtins.fromJSON (builtins.readFile ../toolchains/gcc/versions.json);

  glibc = import ../toolchains/glibc { inherit debian; };
  bootstrapTools = import ./tools.nix { inherit debian glibc; };

  gccOf =
    major:
    let
      versions = gccVersions.${major};
      arguments = {
        inherit
          debian
          glibc
          versions
          major
          ;
      };
    in
    rec {
      gccRuntime = import ../toolchains/gcc/runtime.nix { inherit debian glibc versions; };
      gccSupport = import ../toolchains/gcc/support.nix { inherit debian glibc versions; };
      binutils = import ../toolchains/binutils {
        inherit
          debian
          glibc
          gccRuntime
          gccSupport
          ;
      };
      gcc = import ../toolchains/gcc (
        arguments
        // {
          inherit binutils gccRuntime gccSupport;
        }
      );
    };

  qemu = import ../toolchains/qemu { inherit debian; } buildSystem;
  systems = builtins.attrNames debian.architectures;
  emulatorOf = system: [ "qemu-${(debian.architectureOf system).emulator}" ];

  toolchain =
    major: arguments:
    let
      set = gccOf major;
      gcc = set.gcc arguments;
      libc = glibc arguments.targetSystem;
    in
    {
      inherit gcc libc;
      inherit (gcc) binutils version triple;
      # libgcc_s.so.1, libstdc++.so.6 … for programs of the target.
      gccLib = gcc.lib;
      # Libraries that the compiler and binutils themselves are linked with.
      gccSupport = set.gccSupport arguments.host;
      libcDev = libc.dev;
    };
in
rec {
  inherit debian;

  # bash, coreutils, sed, grep, gawk, make, tar, gzip, xz, bzip2, diffutils, findutils, patch and file.
  tools = toolsFor buildSystem;
  toolsFor = bootstrapTools.tools;

  # /bin/sh of builds for `system`, static: $MACHTYPE and uname are those of the platform.
  shellFor = bootstrapTools.shell;

  perl = bootstrapTools.perl buildSystem;
  perlFor = bootstrapTools.perl;

  # { gcc, gccLib, binutils, libc, libcDev, version, triple }: unwrapped, running on and compiling for `system`.
  nativeToolchain =
    system:
    toolchain gccVersions.default {
      host = system;
      triple = (debian.architectureOf system).multiarch;
      targetSystem = system;
    };

  # The same, running on `host` and compiling for a configuration such as riscv64-unknown-linux-gnu.
  crossToolchain =
    host: config:
    let
      target =
        targets.${config}
          or (throw "no cross toolchain for '${config}' is packaged; there are ${names targets}");
    in
    toolchain gccVersions.default {
      inherit host;
      inherit (target) triple;
      targetSystem = target.system;
    };

  # Static emulators for `buildSystem`, one for every other system that is pinned here: bin/qemu-aarch64 …
  qemuUser = qemu (
    builtins.concatMap (system: if system == buildSystem then [ ] else emulatorOf system) systems
  );

  # The one program that emulates `system`.
  qemuUserFor = system: qemu (emulatorOf system);
}
