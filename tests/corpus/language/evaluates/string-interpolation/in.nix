let x = "v"; n = { outPath = "/p"; }; in "a${x}b${n}c${"d${x}"}"
