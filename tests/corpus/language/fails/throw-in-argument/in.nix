builtins.length (throw "x")
