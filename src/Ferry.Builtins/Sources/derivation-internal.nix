/*
  What 'derivation' is: 'derivationStrict', put off until a path is asked for.

  A package set names thousands of derivations and builds few of them. So the set that comes out has
  every attribute that went in at once, and only the attributes that need the store wait for it:

    drvPath   the derivation
    outPath   the path of this output

  Each output is such a set too, named after the output and listed in 'all'. The first one is the
  result. All of them share 'strict', so the derivation is made once, whichever is asked first.

  Traces of failing derivations show lines 29 to 31, 36 to 38 and 49 to 51 of this file with their
  numbers. These are part of what stock prints, so they stand in the same place, and the rest makes
  room for them.













*/
drvAttrs@{
  outputs ? [ "out" ],
  ...
}:

let

  strict = derivationStrict drvAttrs;

  byName = map describe outputs;

  # Outputs win over attributes of the same name, and these two over both.
  commonAttrs = drvAttrs // builtins.listToAttrs byName // {
    inherit drvAttrs;
    all = map (output: output.value) byName;
  };

  describe = outputName: {
    name = outputName;
    value = commonAttrs // {
      outPath = builtins.getAttr outputName strict;
      drvPath = strict.drvPath;
      type = "derivation";
      inherit outputName;
    };
  };
in
(builtins.head byName).value
