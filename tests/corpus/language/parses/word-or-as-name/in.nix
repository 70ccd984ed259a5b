let or = x: x; f = x: y: y; in
[
  (f or) ((f or) or) (f or 1) (f (f or)) (f.a or (f or))
]
