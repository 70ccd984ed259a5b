[ (false && throw "a") (true || throw "b") (false -> throw "c") (true -> false) (! true) ]
