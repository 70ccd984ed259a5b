[ (toString { __toString = s: "x"; }) "${{ outPath = "y"; }}" (toString [ 1 [ 2 [ ] 3 ] null true false 1.5 "s" ]) (toString 1.0) (toString ./.  == toString ./. + "") ]
