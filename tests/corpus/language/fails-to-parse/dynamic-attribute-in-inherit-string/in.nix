a: { inherit (a) "x${a}"; }
