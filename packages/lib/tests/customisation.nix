{ lib }:
let
  autoArguments = {
    a = 1;
    b = 2;
  };
  f = { a, b, c ? 3 }: { sum = a + b + c; };
  callPackage = lib.callPackageWith autoArguments;
in
{
  testCallPackage = {
    expr = (callPackage f { }).sum;
    expected = 6;
  };
  testCallPackageTakesGivenArgumentsFirst = {
    expr = (callPackage f { a = 10; }).sum;
    expected = 15;
  };
  testOverride = {
    expr = ((callPackage f { }).override { c = 0; }).sum;
    expected = 3;
  };
  testOverrideTakesAFunction = {
    expr = ((callPackage f { }).override (old: { a = old.a + 100; })).sum;
    expected = 106;
  };
  testOverrideKeepsEarlierOverrides = {
    expr = (((callPackage f { }).override { c = 0; }).override { a = 5; }).sum;
    expected = 7;
  };
  testOverrideKnowsItsArguments = {
    expr = lib.functionArgs (callPackage f { }).override;
    expected = {
      a = false;
      b = false;
      c = true;
    };
  };
  testCallPackagesWith = {
    expr =
      let
        set = lib.callPackagesWith autoArguments ({ a }: {
          x = { value = a; };
          y = { value = a + 1; };
        }) { };
      in
      [
        set.x.value
        (set.y.override { a = 5; }).value
      ];
    expected = [
      1
      6
    ];
  };
  testMakeScope = {
    expr =
      let
        scope = lib.makeScope (extra: lib.callPackageWith (autoArguments // extra)) (self: {
          x = self.callPackage ({ a }: { value = a; }) { };
          y = self.callPackage ({ x, b }: { value = x.value + b; }) { };
        });
        changed = scope.overrideScope (_final: _previous: { x.value = 40; });
      in
      [
        scope.y.value
        changed.y.value
      ];
    expected = [
      3
      42
    ];
  };
  testFunctionArgsOfFunctors = {
    expr = lib.functionArgs (lib.setFunctionArgs (x: x) { q = true; });
    expected.q = true;
  };
}
