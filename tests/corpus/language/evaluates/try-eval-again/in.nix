let t = throw "x"; s = { a = if (builtins.tryEval t).success then 1 else 2; }; in [ (builtins.tryEval t).success (builtins.tryEval t).success s.a ]
