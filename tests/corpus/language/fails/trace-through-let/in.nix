let a = b; b = c; c = throw "deep"; in a
