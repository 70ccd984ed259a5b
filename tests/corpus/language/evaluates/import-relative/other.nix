{ here = 1; }
