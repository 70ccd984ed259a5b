builtins.stringLength (builtins.foldl' (a: i: a + toString i) "" (builtins.genList (i: i) 2000))
