# shellcheck shell=bash disable=SC2154 # Variables are those of bench/run.
# What a build costs beside its builder: a hundred that only make their output, under one that needs them all.
question 'How long do a hundred trivial builds take?'
cat >"$scratch/files-builds.nix" <<'NIX'
let
  build = name: inputs: derivation {
    inherit name inputs;
    system = builtins.currentSystem;
    builder = "/bin/sh";
    args = [ "-c" "echo $name > $out" ];
  };
in
build "all" (builtins.genList (i: build "trivial-${toString i}" [ ]) 100)
NIX
compare_fresh '101 builds, empty store' nix-build --store @store@ --no-out-link "$scratch/files-builds.nix"
compare 'nothing to do' nix-build --store @store@ --no-out-link "$scratch/files-builds.nix"
