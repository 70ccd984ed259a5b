let
  number = 1 + builtins.addErrorContext "while making the number" missing;
  missing = throw "there is none";
  user = name: builtins.addErrorContext "while using it in ${name}" number;
in
builtins.seq (builtins.tryEval (user "first")) (builtins.seq (builtins.tryEval missing) (user "second"))
