{ a = "text
