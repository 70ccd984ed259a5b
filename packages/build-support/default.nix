# Helpers that every set has beside its packages.
{ lib, self }:
import ./trivial-builders.nix { inherit lib self; }
// import ./writers.nix { inherit lib self; }
// import ./fetchers.nix { inherit lib self; }
// import ./setup-hooks { inherit lib self; }
// import ./toolchain.nix { inherit lib self; }
// {
  mkShell = self.callPackage ./mk-shell.nix { };
  mkShellNoCC = self.mkShell.override { stdenv = self.stdenvNoCC; };

  bundle = self.callPackage ./bundle { };

  # Each builds when the helper or the stdenv does what it should.
  tests = {
    stdenv = self.callPackages ../stdenv/tests.nix { };
    build-support = self.callPackages ./tests.nix { };
  };
}
