a: b:
[
  ''''
  ''   ''
  ''
  ''
  ''one line''
  ''  two leading spaces''
  ''
    stripped
      deeper
    back
  ''
  ''
    last line has text''
  ''
      first deeper
    second

    after an empty line
  ''
  ''
    spaces at the end
       ''
  ''
	tabs are no indentation
	''
  ''
    	a tab behind spaces
   x
  ''
  ''
    ${a}
      ${b} c
  ''
  ''${a}
    after
  ''
  ''
    a ${b}
      c
    d ${a}''
  ''
    ''$ ''${a} $${b} ''' ''\n ''\t ''\r ''\x ''\${a} ''\\ $
  ''
  ''
    ''\n  x
      y
  ''
  ''
    a''\n    b
    c
  ''
  ''
  ''\ x
    y
  ''
  '' ' '' ''a'b'' '' $'''
  ''
  ''

  ''
  ''

    x

  ''
  ''
    "quoted" and \ backslash
  ''
]
