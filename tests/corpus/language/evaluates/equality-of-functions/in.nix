let f = x: x; s = { inherit f; }; in [ (f == f) ([ f ] == [ f ]) (s == s) ({ g = f; } == { g = f; }) ([ (x: x) ] == [ (x: x) ]) (builtins.map == builtins.map) ([ map ] == [ map ]) ]
