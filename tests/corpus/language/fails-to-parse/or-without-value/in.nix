{ a = { }.b or ; }
