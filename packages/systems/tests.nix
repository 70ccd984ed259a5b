{ lib }:
let
  inherit (lib.systems) elaborate equals;
in
{
  testDoublesBecomeTriples = {
    expr = map (name: (elaborate name).config) [
      "x86_64-linux"
      "riscv64-linux"
      "armv7l-linux"
      "aarch64-darwin"
    ];
    expected = [
      "x86_64-unknown-linux-gnu"
      "riscv64-unknown-linux-gnu"
      "armv7l-unknown-linux-gnueabihf"
      "aarch64-apple-darwin"
    ];
  };
  testTriplesBecomeDoubles = {
    expr = map (config: (elaborate { inherit config; }).system) [
      "riscv64-unknown-linux-musl"
      "arm-none-eabihf"
      "x86_64-w64-mingw32"
      "wasm32-unknown-wasi"
      "avr"
    ];
    expected = [
      "riscv64-linux"
      "arm-none"
      "x86_64-windows"
      "wasm32-wasi"
      "avr-none"
    ];
  };
  testTwoSpellingsAreOnePlatform = {
    expr = equals (elaborate "riscv64-linux") (elaborate { config = "riscv64-unknown-linux-gnu"; });
    expected = true;
  };
  testElaborationIsIdempotent = {
    expr =
      let
        once = elaborate "aarch64-linux";
      in
      equals once (elaborate once);
    expected = true;
  };
  testPredicates = {
    expr =
      let
        platform = elaborate "riscv64-linux";
      in
      [
        platform.isRiscV
        platform.isRiscV64
        platform.isLinux
        platform.isGnu
        platform.is64bit
        platform.isLittleEndian
        platform.isMusl
        platform.isAarch
      ];
    expected = [
      true
      true
      true
      true
      true
      true
      false
      false
    ];
  };
  testCanExecute = {
    expr =
      let
        runs = here: there: (elaborate here).canExecute (elaborate there);
      in
      [
        (runs "x86_64-linux" "i686-linux")
        (runs "i686-linux" "x86_64-linux")
        (runs "x86_64-linux" "riscv64-linux")
        (runs "armv7l-linux" "armv6l-linux")
        (runs "x86_64-linux" "x86_64-darwin")
      ];
    expected = [
      true
      false
      false
      true
      false
    ];
  };
  testGivenAttributesWin = {
    expr = (elaborate { system = "x86_64-linux"; libc = "mine"; }).libc;
    expected = "mine";
  };
  testEveryExampleElaborates = {
    expr = lib.all (
      example:
      let
        platform = elaborate example;
      in
      builtins.isString platform.system && platform.config == example.config
    ) (lib.attrValues lib.systems.examples);
    expected = true;
  };
  testKernelNames = {
    expr = map (name: (elaborate name).linuxArch) [
      "aarch64-linux"
      "riscv64-linux"
      "x86_64-linux"
      "i686-linux"
      "powerpc64le-linux"
    ];
    expected = [
      "arm64"
      "riscv"
      "x86_64"
      "i386"
      "powerpc"
    ];
  };
  testUnknownNamesAreRefused = {
    expr = (elaborate "pdp11-linux").config;
    expectedError = true;
  };
}
