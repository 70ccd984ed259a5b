let f = x: throw "bad ${x}"; in { a = f "input"; }.a
