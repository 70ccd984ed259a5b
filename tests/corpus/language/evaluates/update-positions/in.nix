builtins.map (s: (builtins.unsafeGetAttrPos "b" s).column) [ ({ b = 1; } // { a = 2; }) ({ a = 1; } // { b = 2; }) ({ b = 1; c = 1; } // { b = 2; }) ]
