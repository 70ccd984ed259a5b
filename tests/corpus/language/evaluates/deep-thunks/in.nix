builtins.foldl' (a: i: a) 0 [ ] + (let l = builtins.genList (i: i) 5000; in builtins.foldl' (a: b: a + b) 0 l)
