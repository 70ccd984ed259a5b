(({ a = throw "no"; } // { a = 1; b = throw "never"; }).a)
