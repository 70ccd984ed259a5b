1 /* text
