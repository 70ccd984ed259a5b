# Platforms: reading their names, filling in what is known of them, and the predefined ones.
{ lib }:
let
  parse = import ./parse.nix { inherit lib; };
  inspect = import ./inspect.nix { inherit lib parse; };
  architectures = import ./architectures.nix { inherit lib; };
  elaboration = import ./elaborate.nix {
    inherit
      lib
      parse
      inspect
      architectures
      ;
    names = import ./names.nix { inherit lib; };
  };
  doubles = import ./doubles.nix { inherit lib parse inspect; };
in
{
  inherit
    parse
    inspect
    architectures
    doubles
    ;
  inherit (elaboration) elaborate equals;

  # Name of `pkgsCross.NAME` -> arguments of `elaborate`.
  examples = lib.importJSON ./examples.json;

  # Systems that the set has native toolchains for.
  flakeExposed = [
    "x86_64-linux"
    "aarch64-linux"
    "riscv64-linux"
  ];

  # Lists of systems by what they have in common, for `meta.platforms`.
  groups = doubles.groups;
}
