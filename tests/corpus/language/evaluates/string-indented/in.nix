''
    first
      second

    third ${toString 1}
  ''
