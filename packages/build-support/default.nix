# Helpers that every set has beside its packages.
{ lib, self }:
import ./trivial-builders.nix { inherit lib self; }
// import ./writers.nix { inherit lib self; }
// import ./fetchers.nix { inherit lib self; }
// import ./setup-hooks { inherit lib self; }
// import ./toolchain.nix { inherit lib self; }
