# A computation that failed is not tried again: each message is seen once.
let
  outer = builtins.trace "outer" inner + 1;
  inner = builtins.trace "inner" (throw "no");
  fine = builtins.trace "fine" 2;
  caught = builtins.tryEval;
in
[
  (caught outer).success
  (caught inner).success
  (caught (builtins.seq fine outer)).success
  fine
  (caught (builtins.deepSeq { inherit inner; } 1)).success
]
