[ (builtins.stringLength "é") (builtins.substring 0 1 "abc") "\t" (builtins.substring 1 (-1) "abc") (builtins.substring 5 1 "abc") ]
