let f = { __functor = self: { __functor = _: x: y: x + y; }; }; in f 1 2
