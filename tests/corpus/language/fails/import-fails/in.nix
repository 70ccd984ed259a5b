import ./other.nix
