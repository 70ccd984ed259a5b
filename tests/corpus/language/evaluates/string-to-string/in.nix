{ __toString = self: "<${self.n}>"; n = "x"; }
