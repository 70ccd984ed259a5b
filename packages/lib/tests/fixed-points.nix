{ lib }:
let
  base = final: {
    a = 1;
    b = final.a + 1;
  };
  addTen = _final: previous: { a = previous.a + 10; };
  double = _final: previous: { a = previous.a * 2; };
in
{
  testFix = {
    expr = lib.fix base;
    expected = {
      a = 1;
      b = 2;
    };
  };
  testExtendsReachesEarlierDefinitions = {
    expr = (lib.fix (lib.extends addTen base)).b;
    expected = 12;
  };
  testComposeExtensionsAppliesInOrder = {
    expr = (lib.fix (lib.extends (lib.composeExtensions addTen double) base)).a;
    expected = 22;
  };
  testComposeManyExtensions = {
    expr =
      (lib.fix (
        lib.extends (lib.composeManyExtensions [
          addTen
          double
          addTen
        ]) base
      )).a;
    expected = 32;
  };
  testMakeExtensible = {
    expr = ((lib.makeExtensible base).extend addTen).b;
    expected = 12;
  };
  testToExtensionTakesASet = {
    expr = (lib.fix (lib.extends (lib.toExtension { a = 5; }) base)).b;
    expected = 6;
  };
  testToExtensionTakesOneArgument = {
    expr = (lib.fix (lib.extends (lib.toExtension (previous: { a = previous.a + 1; })) base)).b;
    expected = 3;
  };
  testConverge = {
    expr = lib.converge (x: x / 2) 16;
    expected = 0;
  };
}
