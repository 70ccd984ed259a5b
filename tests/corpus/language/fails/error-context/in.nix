builtins.addErrorContext "while doing the thing" (throw "x")
