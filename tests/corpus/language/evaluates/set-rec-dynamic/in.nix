rec { a = "b"; ${a} = 1; c.${a} = a; }
