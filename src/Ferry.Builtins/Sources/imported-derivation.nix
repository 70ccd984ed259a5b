# What 'import' makes of a derivation file: the same shape that 'derivation' gives, without the attributes
# that only the program which made it knew.
known@{
  name,
  drvPath,
  outputs,
  ...
}:

let
  shared = builtins.listToAttrs byName // {
    inherit drvPath name;
    all = map (output: output.value) byName;
    type = "derivation";
  };

  describe = outputName: {
    name = outputName;
    value = shared // {
      inherit outputName;
      outPath = builtins.getAttr outputName known;
    };
  };

  byName = map describe outputs;
in
(builtins.head byName).value
