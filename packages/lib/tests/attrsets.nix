{ lib }:
let
  nested = {
    a.b.c = 1;
    a.d = 2;
  };
in
{
  testAttrByPath = {
    expr = [
      (lib.attrByPath [ "a" "b" "c" ] 0 nested)
      (lib.attrByPath [ "a" "x" ] 0 nested)
      (lib.attrByPath [ "a" "d" "e" ] 0 nested)
    ];
    expected = [
      1
      0
      0
    ];
  };
  testHasAttrByPath = {
    expr = map (path: lib.hasAttrByPath path nested) [
      [ ]
      [ "a" "b" ]
      [ "a" "d" "e" ]
    ];
    expected = [
      true
      true
      false
    ];
  };
  testLongestValidPathPrefix = {
    expr = lib.attrsets.longestValidPathPrefix [ "a" "b" "x" "y" ] nested;
    expected = [
      "a"
      "b"
    ];
  };
  testSetAttrByPath = {
    expr = lib.setAttrByPath [ "a" "b" ] 3;
    expected.a.b = 3;
  };
  testUpdateManyAttrsByPath = {
    expr = lib.updateManyAttrsByPath [
      {
        path = [ "a" "d" ];
        update = old: old + 1;
      }
      {
        path = [ "n" "m" ];
        update = _old: 7;
      }
    ] nested;
    expected = {
      a.b.c = 1;
      a.d = 3;
      n.m = 7;
    };
  };
  testFilterAttrs = {
    expr = lib.filterAttrs (_: value: value > 1) {
      a = 1;
      b = 2;
    };
    expected.b = 2;
  };
  testRecursiveUpdate = {
    expr = lib.recursiveUpdate nested {
      a.b.x = 9;
      a.d = { };
    };
    expected = {
      a.b = {
        c = 1;
        x = 9;
      };
      a.d = { };
    };
  };
  testRecursiveUpdateUntil = {
    expr = lib.recursiveUpdateUntil (path: _left: _right: path == [ "a" ]) nested { a.new = 1; };
    expected.a.new = 1;
  };
  testMapAttrsRecursive = {
    expr = lib.mapAttrsRecursive (path: value: "${lib.concatStringsSep "." path}=${toString value}") nested;
    expected = {
      a.b.c = "a.b.c=1";
      a.d = "a.d=2";
    };
  };
  testMapAttrs' = {
    expr = lib.mapAttrs' (name: value: lib.nameValuePair "${name}!" (value + 1)) { a = 1; };
    expected."a!" = 2;
  };
  testCartesianProduct = {
    expr = lib.cartesianProduct {
      a = [ 1 2 ];
      b = [ 3 4 ];
    };
    expected = [
      { a = 1; b = 3; }
      { a = 1; b = 4; }
      { a = 2; b = 3; }
      { a = 2; b = 4; }
    ];
  };
  testCollect = {
    expr = lib.collect builtins.isInt nested;
    expected = [
      1
      2
    ];
  };
  testMergeAttrsList = {
    expr = lib.mergeAttrsList [
      { a = 1; }
      { b = 2; }
      { a = 3; }
    ];
    expected = {
      a = 3;
      b = 2;
    };
  };
  testZipAttrsWith = {
    expr = lib.zipAttrsWith (_name: values: values) [
      { a = 1; }
      { a = 2; b = 3; }
    ];
    expected = {
      a = [ 1 2 ];
      b = [ 3 ];
    };
  };
  testMatchAttrs = {
    expr = [
      (lib.matchAttrs { a.d = 2; } nested)
      (lib.matchAttrs { a.d = 3; } nested)
      (lib.matchAttrs { z = 1; } nested)
    ];
    expected = [
      true
      false
      false
    ];
  };
  testUnionOfDisjointRefuses = {
    expr = (lib.attrsets.unionOfDisjoint { a = 1; } { a = 2; }).a;
    expectedError = true;
  };
}
