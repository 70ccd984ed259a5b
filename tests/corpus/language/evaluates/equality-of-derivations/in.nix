let d = n: { type = "derivation"; outPath = "/x"; name = n; }; in [ (d "a" == d "b") (d "a" == (d "a" // { outPath = "/y"; })) ((d "a" // { type = "x"; }) == d "b") ]
