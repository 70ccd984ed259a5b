a: b:
[
  ""
  "plain"
  "a\nb\rc\td\"e\\f\$g\x"
  "$" "$$" "$$$" "a$" "\${a}" "$\{a}" "$${a}" "$$${a}"
  "${a}" "${a}${b}" "x${a}y${b}z" "$x${a}$"
  "${"nested ${"twice ${a}"}"}"
  "line
two"
  "tab	inside"
  "umlaut ü and 日本"
  "a'b''c"
  "${{ a = "}"; }.a}"
]
