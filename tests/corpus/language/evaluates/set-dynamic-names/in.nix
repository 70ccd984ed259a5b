let n = "x"; in { ${n} = 1; "${n}y" = 2; a.${n}.b = 3; ${null} = 4; ${if true then null else "q"} = 5; }
