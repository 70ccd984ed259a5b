let s = { a = 1; b = 2; }; c = x: (builtins.unsafeGetAttrPos "b" x).column; in [ (c s) (c (s // { a = 2; })) (c (removeAttrs s [ "a" ])) (c (builtins.intersectAttrs { b = 1; } s)) ]
