let f = builtins.trace "once" { a = 1; b = 2; }; in { inherit (f) a b; }
