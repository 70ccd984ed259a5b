let f = x: g (x + 1); g = y: y.z; in f 1
