let nil = c: n: n; cons = x: xs: c: n: c x (xs c n); in cons 1 (cons 2 nil) (x: xs: [ x ] ++ xs) [ ]
