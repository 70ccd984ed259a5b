let f = { __functor = self: x: self.k + x; k = 10; }; in [ (f 1) (builtins.map f [ 1 2 ]) ((f // { k = 20; }) 1) ]
