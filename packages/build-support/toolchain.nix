# The compiler and its company by their usual names, for the set's pair of host (where they run) and target.
{ lib, self }:
let
  inherit (self) bootstrap stdenv stdenvNoCC;
  inherit (stdenv) hostPlatform targetPlatform;

  isNative = lib.systems.equals hostPlatform targetPlatform;
  crossTargets = lib.importJSON ../toolchains/targets.json;

  architectures = lib.importJSON ../bootstrap/architectures.json;
  knowsSystem = system: architectures ? ${system};
  isKnownNative =
    platform: knowsSystem platform.system && platform.isGnu && platform.isLinux;

  missing = throw ''
    the platform '${targetPlatform.config}' can be evaluated but not built for: there is no toolchain for it here yet.
    Cross toolchains exist for ${lib.concatStringsSep ", " (lib.attrNames crossTargets)}.
    Choose one of them, or bring your own through an overlay: overlays = [ (final: prev: { gcc = …; }) ].
  '';

  unwrapped =
    if isNative then
      if isKnownNative hostPlatform then bootstrap.nativeToolchain hostPlatform.system else missing
    else if crossTargets ? ${targetPlatform.config} then
      bootstrap.crossToolchain hostPlatform.system targetPlatform.config
    else
      missing;

  wrap = import ./wrap-toolchain.nix {
    inherit lib stdenvNoCC;
    inherit (self) runtimeShell;
  };
  wrapped = wrap unwrapped;
in
{
  # The shell that programs of this set start their scripts with.
  runtimeShell = "${self.runtimeShellPackage}/bin/bash";
  runtimeShellPackage = bootstrap.toolsFor hostPlatform.system;
  bootstrapTools = bootstrap.tools;

  gcc = self.gcc14;
  gcc14 = wrapped.cc;
  gcc-unwrapped = unwrapped.gcc;
  binutils = wrapped.bintools;
  bintools = wrapped.bintools;
  binutils-unwrapped = unwrapped.binutils;
  inherit (stdenv) cc;

  # The C library of the host and its headers; programs get them through the wrappers.
  glibc = (bootstrap.nativeToolchain hostPlatform.system).libc;
  libc = self.glibc;
  libcDev = (bootstrap.nativeToolchain hostPlatform.system).libcDev;

  wrapToolchain = wrap;
  overrideCC =
    environment: cc:
    environment.override {
      inherit cc;
      hasCC = cc != null;
    };
  gccStdenv = if stdenv.cc.isGNU or false then stdenv else self.overrideCC stdenv self.buildPackages.gcc;

  qemu-user =
    if knowsSystem hostPlatform.system then
      (import ../bootstrap { buildSystem = hostPlatform.system; }).qemuUser
    else
      throw "there is no QEMU to be had for ${hostPlatform.config}";
}
