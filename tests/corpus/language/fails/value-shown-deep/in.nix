1 + { a = { b = { c = [ { d = 1; } ]; }; }; f = x: x; g = throw "never"; }
