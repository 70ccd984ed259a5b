# Edit distance between two strings: O(n m) with one row kept, for "did you mean" messages.
{ lib }:
left: right:
let
  rightCharacters = lib.stringToCharacters right;
  firstRow = lib.range 0 (builtins.stringLength right);
  nextRow =
    row: leftCharacter:
    let
      step =
        { cells, index }:
        rightCharacter:
        let
          substituted = builtins.elemAt row index + (if leftCharacter == rightCharacter then 0 else 1);
          deleted = builtins.elemAt row (index + 1) + 1;
          inserted = lib.last cells + 1;
        in
        {
          cells = cells ++ [ (lib.min substituted (lib.min deleted inserted)) ];
          index = index + 1;
        };
    in
    (builtins.foldl' step {
      cells = [ (builtins.head row + 1) ];
      index = 0;
    } rightCharacters).cells;
in
lib.last (builtins.foldl' nextRow firstRow (lib.stringToCharacters left))
