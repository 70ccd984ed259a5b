let a = 1; s = { b = 2; c = 3; }; in let inherit a; inherit (s) b c; in [ a b c ]
