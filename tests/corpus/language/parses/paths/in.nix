a:
[
  ./here ../up ./a/./b/../c a/b a.b/c-d_e+f -/x +/y /etc/passwd /a/../../b /. /..
  ./${a} ./x${a} ./x/${a} ./x-${a}/y ./x/${a}/y/${a}.nix /${a} /x/${a} a/${a} ../${a}/..
  ~/x ~/x/../y ~/${a} ~/x${a}
  <nixpkgs> <a/b/c> <a-b.c+d_e>
  ./a./b .../x
  (a/b) (a /b) 
]
