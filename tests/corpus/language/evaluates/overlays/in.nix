let extends = o: f: self: let super = f self; in super // o self super; fix = f: let x = f x; in x; in fix (extends (self: super: { a = super.a + 1; b = self.a; }) (self: { a = 1; c = self.b; }))
