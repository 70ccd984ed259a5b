# Arithmetic and comparisons call names that a program may define; a call of a call is one call.
let
  __sub = x: y: x;
in
f: a: b:
[
  ((a - b) f)
  ((a * b) f a)
  ((a < b) f)
  ((a > b) f)
  (! (a <= b))
  (((f a) b) f)
  (f (a b))
  ((- a) b)
  (<nixpkgs> { })
  (<nixpkgs/lib> a b)
]
