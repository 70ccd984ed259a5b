let s = { a.b = 1; n = null; }; in [ (s.a.b or 2) (s.a.c or 3) (s.x.y or 4) (s.n.x or 5) (s.a."b" or 6) ((1).x or 7) (s.${"a"}.b) ]
