[ ("a" + "b") ({ outPath = "/o"; } + "/bin") ("x" + { outPath = "y"; }) ]
