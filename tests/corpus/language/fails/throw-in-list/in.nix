[ 1 (throw "second") ]
