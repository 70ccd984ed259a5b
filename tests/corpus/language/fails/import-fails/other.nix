{ a = (throw "in the other file").b; }.a
