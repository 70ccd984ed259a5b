[ http://example.org/a?b=c&d=e%20f x:y a+b-c.d:z mailto:someone@example.org x:/ (y: x: y) (x: /y) (y: x : y) ]
