(x: with x; y: with y; a + b) { a = 1; } { b = 2; }
