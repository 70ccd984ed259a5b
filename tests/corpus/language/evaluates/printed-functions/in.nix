{ a = x: x; b = builtins.map; c = builtins.map (x: x); d = { __functor = s: x: x; }; }
