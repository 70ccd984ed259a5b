q:
[
  { }
  rec { }
  { a = 1; }
  rec { a = b; b = 1; }
  { inherit; }
  { inherit (q); }
  { inherit q; inherit (q) a b; inherit (q) c; d = 1; inherit ({ }) e; }
  { inherit (q) "x y" or; inherit ({ or = 1; }) ${"plain"}; }
  { "a" = 1; ${"b"} = 2; "${"c"}" = 3; ${q} = 4; "x${q}y" = 5; ${''d''} = 6; ${("e")} = 7; ${toString null} = 8; }
  { a.b.c = 1; a.b.d = 2; a.e = 3; }
  { a.${q}.b = 1; a.${q}.c = 2; ${q}.d = 3; }
  { a = { b = 1; }; a.c = 2; a = { d = { }; }; a.d.e = 3; }
  { a = rec { b = 1; }; a.c = 2; }
  { a.c = 2; a = rec { b = 1; }; }
  { a = { inherit (q) x; }; a.y = 1; a = { inherit (q) z; ${q} = 1; }; }
  { a = { inherit q; }; a.b = 1; }
  { a.or = 1; or.b = 2; }
  (let { a = 1; body = a; })
  (let { body = q; }).x
]
