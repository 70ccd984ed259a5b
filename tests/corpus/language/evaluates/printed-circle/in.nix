let s = { a = 1; s = s; }; in s
