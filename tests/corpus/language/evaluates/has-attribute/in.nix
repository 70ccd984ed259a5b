let s = { a.b = 1; }; in [ (s ? a) (s ? a.b) (s ? a.c) (s ? b.c) (s ? "a") (s ? ${"a"}.b) (1 ? a) (s.a ? b.c) ]
