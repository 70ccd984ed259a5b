let l = [ 1 ]; in [ l l (builtins.elemAt [ l ] 0) ]
