{ lib }:
{
  testKeyValue = {
    expr = lib.generators.toKeyValue { } {
      a = 1;
      b = true;
    };
    expected = "a=1\nb=true\n";
  };
  testINI = {
    expr = lib.generators.toINI { } {
      one.x = "y";
      two.z = 3;
    };
    expected = "[one]\nx=y\n\n[two]\nz=3\n";
  };
  testPretty = {
    expr = lib.generators.toPretty { multiline = false; } {
      a = [
        1
        "x"
      ];
      f = x: x;
      n = null;
    };
    expected = "{ a = [ 1 \"x\" ]; f = <function>; n = null; }";
  };
}
