# Attribute sets: reaching in, picking, mapping, merging.
{ lib }:
let
  inherit (builtins)
    attrNames
    attrValues
    catAttrs
    concatLists
    elemAt
    filter
    foldl'
    getAttr
    groupBy
    hasAttr
    head
    intersectAttrs
    isAttrs
    length
    listToAttrs
    mapAttrs
    removeAttrs
    zipAttrsWith
    ;
in
rec {
  inherit mapAttrs zipAttrsWith;

  nameValuePair = name: value: { inherit name value; };

  # --- Paths into nested sets: a list of names ---

  attrByPath =
    path: default: set:
    let
      go =
        depth: value:
        if depth == length path then
          value
        else if isAttrs value && hasAttr (elemAt path depth) value then
          go (depth + 1) (getAttr (elemAt path depth) value)
        else
          default;
    in
    go 0 set;

  hasAttrByPath =
    path: set:
    let
      go =
        depth: value:
        depth == length path
        || (
          isAttrs value
          && hasAttr (elemAt path depth) value
          && go (depth + 1) (getAttr (elemAt path depth) value)
        );
    in
    go 0 set;

  longestValidPathPrefix =
    path: set:
    let
      prefixes = lib.genList (count: lib.take count path) (length path + 1);
    in
    lib.last (filter (prefix: hasAttrByPath prefix set) prefixes);

  setAttrByPath =
    path: value: if path == [ ] then value else { ${head path} = setAttrByPath (builtins.tail path) value; };

  getAttrFromPath =
    path: attrByPath path (throw "cannot find attribute '${lib.concatStringsSep "." path}'");

  # Applies [{ path; update; }] to a nested set; a missing place is handed to `update` as an error it may ignore.
  updateManyAttrsByPath =
    updates: set:
    foldl' (
      value: { path, update }:
      let
        go =
          depth: current:
          if depth == length path then
            update current
          else
            let
              name = elemAt path depth;
              missing = throw "updateManyAttrsByPath: '${showAttrPath path}' does not exist, and the update reads it";
            in
            (if isAttrs current then current else { })
            // {
              ${name} = go (depth + 1) (current.${name} or (if depth + 1 == length path then missing else { }));
            };
      in
      go 0 value
    ) set updates;

  # --- Picking ---

  getAttrs = names: set: genAttrs names (name: set.${name});
  attrVals = names: set: map (name: set.${name}) names;
  filterAttrs =
    predicate: set:
    removeAttrs set (filter (name: !predicate name set.${name}) (attrNames set));
  filterAttrsRecursive =
    predicate: set:
    mapAttrs (_name: value: if isAttrs value then filterAttrsRecursive predicate value else value) (
      filterAttrs predicate set
    );
  optionalAttrs = condition: set: if condition then set else { };
  intersectAttrsBy = names: intersectAttrs (genAttrs names (_: null));

  # Lists of names; `getBin` and its like are in derivations.nix.
  mapCartesianProduct = f: sets: map f (cartesianProduct sets);
  cartesianProduct =
    sets:
    foldl' (
      rows: name: lib.concatMap (row: map (value: row // { ${name} = value; }) sets.${name}) rows
    ) [ { } ] (attrNames sets);
  cartesianProductOfSets = cartesianProduct;

  # --- Making ---

  genAttrs = names: f: genAttrs' names (name: nameValuePair name (f name));
  genAttrs' = names: f: listToAttrs (map f names);
  toList = value: if builtins.isList value then value else [ value ];

  # --- Mapping ---

  mapAttrs' = f: set: listToAttrs (mapAttrsToList f set);
  mapAttrsToList = f: set: attrValues (mapAttrs f set);
  attrsToList = mapAttrsToList nameValuePair;
  concatMapAttrs = f: set: mergeAttrsList (attrValues (mapAttrs f set));

  mapAttrsRecursive = mapAttrsRecursiveCond (_: true);
  mapAttrsRecursiveCond =
    descend: f:
    let
      go =
        path:
        mapAttrs (
          name: value:
          let
            here = path ++ [ name ];
          in
          if isAttrs value && descend value then go here value else f here value
        );
    in
    go [ ];

  mapAttrsToListRecursive = mapAttrsToListRecursiveCond (_path: _value: true);
  mapAttrsToListRecursiveCond =
    descend: f:
    let
      go =
        path: set:
        concatLists (
          mapAttrsToList (
            name: value:
            let
              here = path ++ [ name ];
            in
            if isAttrs value && descend here value then go here value else [ (f here value) ]
          ) set
        );
    in
    go [ ];

  collect =
    predicate: value:
    if predicate value then
      [ value ]
    else if isAttrs value then
      lib.concatMap (collect predicate) (attrValues value)
    else
      [ ];

  foldlAttrs =
    f: start: set:
    foldl' (accumulator: name: f accumulator name set.${name}) start (attrNames set);
  foldAttrs =
    f: start: sets:
    mapAttrs (_name: values: lib.foldr f start values) (zipAttrs sets);

  # Gives the names of a set in which the predicate holds for (name, value).
  anyAttrs = predicate: set: lib.any (name: predicate name set.${name}) (attrNames set);
  allAttrs = predicate: set: lib.all (name: predicate name set.${name}) (attrNames set);

  # --- Merging ---

  mergeAttrsList =
    sets:
    # Halving keeps the depth of `//` logarithmic and the copying n log n.
    let
      go =
        start: end:
        if end - start >= 2 then
          let
            middle = start + (end - start) / 2;
          in
          go start middle // go middle end
        else if end > start then
          elemAt sets start
        else
          { };
    in
    go 0 (length sets);

  zipAttrs = zipAttrsWith (_name: values: values);
  zipAttrsWithNames =
    names: f: sets:
    genAttrs names (name: f name (catAttrs name sets));
  zip = throw "lib.zip: use lib.zipAttrsWith";

  # Merges sets deeply until `stop path left right` holds; then the right side wins.
  recursiveUpdateUntil =
    stop: left: right:
    let
      go =
        path:
        zipAttrsWith (
          name: values:
          let
            here = path ++ [ name ];
          in
          if length values == 1 || stop here (elemAt values 1) (head values) then
            head values
          else
            go here values
        );
    in
    # The right side stands first, so that `head` is what wins.
    go [ ] [
      right
      left
    ];

  recursiveUpdate = recursiveUpdateUntil (_path: left: right: !(isAttrs left && isAttrs right));

  unionOfDisjoint =
    left: right:
    let
      shared = intersectAttrs left right;
      forbid = mapAttrs (name: _: throw "unionOfDisjoint: both sides have '${name}'") shared;
    in
    (left // right) // forbid;

  # --- Comparing ---

  matchAttrs =
    pattern: set:
    lib.all (
      name:
      hasAttr name set
      && (
        let
          wanted = pattern.${name};
          found = set.${name};
        in
        if isAttrs wanted then isAttrs found && matchAttrs wanted found else wanted == found
      )
    ) (attrNames pattern);

  overrideExisting = old: new: mapAttrs (name: value: new.${name} or value) old;

  showAttrPath =
    path:
    if path == [ ] then "<root attribute path>" else lib.concatMapStringsSep "." lib.strings.escapeNixIdentifier path;

  # --- Derivations as sets ---

  isDerivation = value: value.type or null == "derivation";
  toDerivation =
    path:
    let
      path' = builtins.storePath path;
      result = {
        type = "derivation";
        name = lib.strings.sanitizeDerivationName (
          builtins.substring 33 (-1) (baseNameOf (builtins.unsafeDiscardStringContext path'))
        );
        outPath = path';
        outputs = [ "out" ];
        out = result;
        outputName = "out";
      };
    in
    result;

  recurseIntoAttrs = set: set // { recurseForDerivations = true; };
  dontRecurseIntoAttrs = set: set // { recurseForDerivations = false; };

  inherit groupBy;
}
