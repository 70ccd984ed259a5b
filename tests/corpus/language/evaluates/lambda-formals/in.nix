let f = { a, b ? a + 1, c ? b + 1, ... }@args: [ a b c (builtins.attrNames args) ]; in [ (f { a = 1; }) (f { a = 1; b = 5; }) (f { a = 1; z = 2; }) ]
