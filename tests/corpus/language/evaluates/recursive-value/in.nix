let x = { a = 1; b = x.a; c = x.d.e; d.e = x.b; }; in x.c
