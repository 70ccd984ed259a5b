let s = { a = 1;
  b.c = 2;
  inherit (s) d; "e" = 3; ${"f"} = 4; }; p = n: let q = builtins.unsafeGetAttrPos n s; in [ q.line q.column ]; in builtins.map p [ "a" "b" "d" "e" "f" ]
