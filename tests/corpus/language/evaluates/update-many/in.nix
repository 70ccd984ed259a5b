builtins.foldl' (s: n: s // { ${"k" + toString n} = n; }) { } [ 5 3 9 1 3 7 ]
