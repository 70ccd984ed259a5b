a: b: f:
[
  a.b a.b.c a."b c".d a.${b} a.${b}.c a."x${b}" a.b or b a.b.c or b.c or f
  (f a.b) (f a.b or b b) (a.b or f a) (a.b.c.d a.b) ({ }.a) (rec { }.a) ([ ].a) ("x".y) ((f a).b)
  (a ? b) (a ? b.c) (a ? "b") (a ? ${b}) (a ? "x${b}".c) (a ? or)
  (a.b ? c.d) (! a ? b) a.or.b a.or or b
]
