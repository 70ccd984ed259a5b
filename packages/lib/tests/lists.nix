{ lib }:
{
  testFoldrIsLazyAndRightAssociative = {
    expr = lib.foldr (value: rest: "(${toString value} ${rest})") "nil" [ 1 2 3 ];
    expected = "(1 (2 (3 nil)))";
  };
  testFoldl = {
    expr = lib.foldl (rest: value: "(${rest} ${toString value})") "nil" [ 1 2 3 ];
    expected = "(((nil 1) 2) 3)";
  };
  testFoldrOfManyNeedsNoDeepStackForStrictFold = {
    expr = lib.foldl' (sum: value: sum + value) 0 (lib.range 1 100000);
    expected = 5000050000;
  };
  testImap = {
    expr = [
      (lib.imap0 (index: value: "${toString index}${value}") [ "a" "b" ])
      (lib.imap1 (index: value: "${toString index}${value}") [ "a" "b" ])
    ];
    expected = [
      [ "0a" "1b" ]
      [ "1a" "2b" ]
    ];
  };
  testFindFirst = {
    expr = [
      (lib.findFirst (value: value > 2) null [ 1 2 3 4 ])
      (lib.findFirst (value: value > 9) "none" [ 1 2 ])
      (lib.lists.findFirstIndex (value: value == 1) null [ 1 ])
      (lib.lists.findFirstIndex (value: value == 3) null [ 1 2 3 ])
    ];
    expected = [
      3
      "none"
      0
      2
    ];
  };
  testSublist = {
    expr = [
      (lib.take 2 [ 1 2 3 ])
      (lib.take 9 [ 1 ])
      (lib.drop 1 [ 1 2 3 ])
      (lib.drop 5 [ 1 ])
      (lib.sublist 1 1 [ 1 2 3 ])
      (lib.init [ 1 2 3 ])
      [ (lib.last [ 1 2 3 ]) ]
    ];
    expected = [
      [ 1 2 ]
      [ 1 ]
      [ 2 3 ]
      [ ]
      [ 2 ]
      [ 1 2 ]
      [ 3 ]
    ];
  };
  testLastOfNothing = {
    expr = lib.last [ ];
    expectedError = true;
  };
  testUnique = {
    expr = lib.unique [ 3 1 3 2 1 ];
    expected = [
      3
      1
      2
    ];
  };
  testFlatten = {
    expr = lib.flatten [ 1 [ 2 [ 3 ] ] [ ] ];
    expected = [
      1
      2
      3
    ];
  };
  testSubtractAndIntersect = {
    expr = [
      (lib.subtractLists [ 1 2 ] [ 1 3 2 4 ])
      (lib.intersectLists [ 1 2 ] [ 2 3 1 ])
    ];
    expected = [
      [ 3 4 ]
      [ 2 1 ]
    ];
  };
  testNaturalSort = {
    expr = lib.naturalSort [ "disk11" "disk8" "disk100" "disk9" ];
    expected = [
      "disk8"
      "disk9"
      "disk11"
      "disk100"
    ];
  };
  testToposort = {
    expr = lib.toposort (a: b: a < b) [ 3 2 1 ];
    expected.result = [
      1
      2
      3
    ];
  };
  testToposortFindsACycle = {
    expr = (lib.toposort (a: b: a != b) [ 1 2 ]) ? cycle;
    expected = true;
  };
  testSortOn = {
    expr = lib.sortOn builtins.stringLength [ "ccc" "a" "bb" ];
    expected = [
      "a"
      "bb"
      "ccc"
    ];
  };
  testRange = {
    expr = lib.range 2 1;
    expected = [ ];
  };
  testZipLists = {
    expr = lib.zipLists [ 1 2 ] [ "a" "b" "c" ];
    expected = [
      { fst = 1; snd = "a"; }
      { fst = 2; snd = "b"; }
    ];
  };
}
