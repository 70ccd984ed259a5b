let s = { a = { b = throw "b failed"; }; }; t = s.a; in t.b
