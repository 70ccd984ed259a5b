# All tests of the library and of systems: a list of what failed, so [ ] is success.
#   ferry eval --impure --file packages/lib/tests --json
let
  lib = import ../.;
  files = lib.filter (name: name != "default.nix") (lib.attrNames (builtins.readDir ./.));
  run =
    path: label:
    map (failure: failure // { name = "${label}: ${failure.name}"; }) (
      lib.runTests (import path { inherit lib; })
    );
in
lib.concatMap (name: run (./. + "/${name}") name) files
++ run ../../systems/tests.nix "systems"
++ run ../../tests/set.nix "set"
