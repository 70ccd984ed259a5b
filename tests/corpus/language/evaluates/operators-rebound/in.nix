let __sub = a: b: "sub"; __lessThan = a: b: a == 1; in [ (3 - 1) (1 < 0) (2 < 9) (1 >= 2) ]
