a: b:
[
  (if a then b else if b then a else b)
  (with a; with b; c)
  (assert a; assert b; a)
  (let x = 1; y = x; in let z = y; in z)
  (let inherit a; inherit (b) c d; e.f = 1; e.g = 2; in e)
  (let in a)
  (if a then x: x else y: y)
  (let f = x: x; in with a; assert b; x: f)
  (1 + (if a then 1 else 2))
  __curPos
  (f: f __curPos)
]
