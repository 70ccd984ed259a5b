# The set as a whole, without building anything.
{ lib }:
let
  native = import ../. { localSystem = "x86_64-linux"; };
  cross = native.pkgsCross.riscv64;
  names = packages: map (package: package.name) packages;
in
{
  testPackagesAreFoundByFolder = {
    expr = lib.all (name: native ? ${name}) [
      "bash"
      "busybox"
      "hello"
      "lua"
      "openssl"
      "sqlite"
      "zlib"
    ];
    expected = true;
  };
  testEveryPlatformIsASet = {
    expr = lib.attrNames native.pkgsCross == lib.attrNames lib.systems.examples;
    expected = true;
  };
  testPlatformsOfACrossSet = {
    expr = map (platform: platform.config) [
      cross.stdenv.buildPlatform
      cross.stdenv.hostPlatform
      cross.buildPackages.stdenv.hostPlatform
      cross.buildPackages.stdenv.targetPlatform
      cross.pkgsBuildBuild.stdenv.targetPlatform
    ];
    expected = [
      "x86_64-unknown-linux-gnu"
      "riscv64-unknown-linux-gnu"
      "x86_64-unknown-linux-gnu"
      "riscv64-unknown-linux-gnu"
      "x86_64-unknown-linux-gnu"
    ];
  };
  testTheCompilerCarriesItsTarget = {
    expr = lib.hasPrefix "riscv64-unknown-linux-gnu-gcc-wrapper-" cross.stdenv.cc.name;
    expected = true;
  };
  testNativeInputsAreSpliced = {
    expr = cross.sqlite.drvAttrs.nativeBuildInputs == [ native.tcl ];
    expected = true;
  };
  testHostInputsAreNot = {
    expr = cross.sqlite.drvAttrs.buildInputs == [ cross.zlib.dev ];
    expected = true;
  };
  testTheSamePlatformIsNoCross = {
    expr =
      (import ../. {
        localSystem = "x86_64-linux";
        crossSystem.config = "x86_64-unknown-linux-gnu";
      }).hello.drvPath == native.hello.drvPath;
    expected = true;
  };
  testBuildPackagesOfACrossSetAreTheNativeOnes = {
    expr = cross.buildPackages.hello.drvPath == native.hello.drvPath;
    expected = true;
  };
  testOverlaysReachTheCompiler = {
    expr =
      (import ../. {
        localSystem = "x86_64-linux";
        crossSystem = "riscv64-linux";
        overlays = [ (_final: previous: { gcc = previous.gcc // { marked = true; }; }) ];
      }).stdenv.cc.marked;
    expected = true;
  };
  testOverrideAttrs = {
    expr = map (package: package.name) [
      (native.hello.overrideAttrs { version = "9"; })
      (native.hello.overrideAttrs (previous: { pname = previous.pname + "-x"; }))
      (native.lua.overrideAttrs (final: _previous: { version = "5.5"; suffix = final.version; }))
    ];
    expected = [
      "hello-9"
      "hello-x-2.10"
      "lua-5.5"
    ];
  };
  testFinalAttributesSeeOverrides = {
    expr = builtins.elem "R=5.5" (native.lua.overrideAttrs { version = "5.5"; }).drvAttrs.makeFlags;
    expected = true;
  };
  testOverrideOfArguments = {
    expr = (native.busybox.override { enableStatic = true; }).drvPath != native.busybox.drvPath;
    expected = true;
  };
  testOutputsKeepTheirOverrides = {
    expr = (native.zlib.dev.overrideAttrs { version = "0"; }).outputName;
    expected = "dev";
  };
  testAnUnknownToolchainFailsOnlyInUse = {
    expr = [
      native.pkgsCross.avr.stdenv.hostPlatform.isAvr
      (builtins.tryEval native.pkgsCross.avr.hello.drvPath).success
    ];
    expected = [
      true
      false
    ];
  };
  testBrokenPackagesAreRefused = {
    expr = (native.hello.overrideAttrs { meta.broken = true; }).drvPath;
    expectedError = true;
  };
  testDependenciesOfAllKinds = {
    expr =
      let
        package = cross.stdenv.mkDerivation {
          name = "all-kinds";
          depsBuildBuild = [ cross.hello ];
          nativeBuildInputs = [
            cross.hello
            null
            [ cross.zlib ]
          ];
          buildInputs = [ cross.hello ];
        };
      in
      map names [
        package.drvAttrs.depsBuildBuild
        package.drvAttrs.nativeBuildInputs
        package.drvAttrs.buildInputs
      ];
    # Without callPackage nothing is spliced: the packages are taken as they are.
    expected = [
      [ cross.hello.name ]
      [
        cross.hello.name
        cross.zlib.name
      ]
      [ cross.hello.name ]
    ];
  };
}
