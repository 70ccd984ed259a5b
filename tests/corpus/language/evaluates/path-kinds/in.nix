[ (builtins.typeOf ./.) (builtins.typeOf (toString ./.)) (builtins.baseNameOf /a/b) (builtins.dirOf /a/b) ]
