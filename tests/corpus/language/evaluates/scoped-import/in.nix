builtins.scopedImport { x = 2; } ./other.nix
