# Lists.
{ lib }:
let
  inherit (builtins)
    concatLists
    concatMap
    elem
    elemAt
    filter
    genList
    groupBy
    head
    length
    sort
    tail
    ;
in
rec {
  inherit (builtins)
    map
    all
    any
    ;

  singleton = value: [ value ];
  forEach = list: f: map f list;

  # --- Folding ---

  # foldr op nul [a b c] = op a (op b (op c nul))
  foldr =
    op: nul: list:
    let
      count = length list;
      go = index: if index == count then nul else op (elemAt list index) (go (index + 1));
    in
    go 0;
  fold = foldr;

  # The lazy left fold; foldl' is the one to use.
  foldl =
    op: nul: list:
    let
      go = index: if index == -1 then nul else op (go (index - 1)) (elemAt list index);
    in
    go (length list - 1);
  foldl' =
    op: accumulator:
    # Stock's primitive is lazy in the start value; this one is not.
    builtins.seq accumulator (builtins.foldl' op accumulator);

  imap0 = f: list: genList (index: f index (elemAt list index)) (length list);
  imap1 = f: list: genList (index: f (index + 1) (elemAt list index)) (length list);
  ifilter0 =
    predicate: list:
    concatLists (imap0 (index: value: optional (predicate index value) value) list);
  concatImapLists = f: list: concatLists (imap1 f list);

  # --- Searching ---

  findSingle =
    predicate: default: multiple: list:
    let
      found = filter predicate list;
    in
    if found == [ ] then
      default
    else if length found == 1 then
      head found
    else
      multiple;

  findFirstIndex =
    predicate: default: list:
    let
      # Negative (-1 - index) while nothing is found, so that one number carries both facts through a strict fold.
      found = builtins.foldl' (
        state: value:
        if state >= 0 then
          state
        else if predicate value then
          -state - 1
        else
          state - 1
      ) (-1) list;
    in
    if found < 0 then default else found;

  findFirst =
    predicate: default: list:
    let
      index = findFirstIndex predicate null list;
    in
    if index == null then default else elemAt list index;

  count = predicate: foldl' (total: value: if predicate value then total + 1 else total) 0;

  # --- Conditionals ---

  optional = condition: value: if condition then [ value ] else [ ];
  optionals = condition: list: if condition then list else [ ];

  # --- Making and cutting ---

  range = first: last: if first > last then [ ] else genList (offset: first + offset) (last - first + 1);
  replicate = count: value: genList (_: value) count;

  sublist =
    start: count: list:
    let
      total = length list;
      available = total - start;
      taken =
        if available <= 0 then
          0
        else if count > available then
          available
        else
          count;
    in
    genList (offset: elemAt list (start + offset)) taken;

  take = count: sublist 0 count;
  takeEnd = count: list: drop (lib.max 0 (length list - count)) list;
  drop = count: list: sublist count (length list) list;
  dropEnd = count: list: take (length list - count) list;

  last =
    list:
    assert lib.assertMsg (list != [ ]) "lists.last: list must not be empty!";
    elemAt list (length list - 1);
  init =
    list:
    assert lib.assertMsg (list != [ ]) "lists.init: list must not be empty!";
    take (length list - 1) list;

  hasPrefix = prefix: list: take (length prefix) list == prefix;
  removePrefix =
    prefix: list:
    if hasPrefix prefix list then
      drop (length prefix) list
    else
      throw "lists.removePrefix: the first list is not a prefix of the second";
  commonPrefixLength =
    left: right:
    let
      differs = index: elemAt left index != elemAt right index;
      shorter = lib.min (length left) (length right);
    in
    findFirstIndex differs shorter (genList lib.id shorter);
  commonPrefix = left: right: take (commonPrefixLength left right) left;

  splitAt = count: list: {
    before = take count list;
    after = drop count list;
  };

  flatten = value: if builtins.isList value then concatMap flatten value else [ value ];
  concat = left: right: left ++ right;
  toList = value: if builtins.isList value then value else [ value ];

  # --- As sets ---

  remove = unwanted: filter (value: value != unwanted);
  unique = foldl' (seen: value: if elem value seen then seen else seen ++ [ value ]) [ ];
  uniqueStrings = list: builtins.attrNames (groupBy lib.id list);
  allUnique = list: length (unique list) == length list;
  intersectLists = wanted: filter (value: elem value wanted);
  subtractLists = unwanted: filter (value: !elem value unwanted);
  mutuallyExclusive = left: right: length left == 0 || !lib.any (value: elem value left) right;
  crossLists = f: foldl' (fs: args: concatMap (g: map g args) fs) [ f ];

  # --- Order ---

  reverseList =
    list:
    let
      total = length list;
    in
    genList (index: elemAt list (total - index - 1)) total;

  sortOn =
    key: list:
    map (pair: elemAt pair 1) (
      sort (left: right: head left < head right) (
        map (value: [
          (key value)
          value
        ]) list
      )
    );

  # Digits and text inside strings compare as numbers and text.
  naturalSort =
    let
      vectorise =
        text:
        map (part: if builtins.isList part then lib.toInt (head part) else part) (
          builtins.split "(0|[1-9][0-9]*)" text
        );
      pair = text: {
        inherit text;
        vector = vectorise text;
      };
    in
    list:
    map (entry: entry.text) (
      sort (left: right: compareLists lib.compare left.vector right.vector < 0) (map pair list)
    );

  compareLists =
    compare: left: right:
    if left == [ ] then
      if right == [ ] then 0 else -1
    else if right == [ ] then
      1
    else
      let
        first = compare (head left) (head right);
      in
      if first == 0 then compareLists compare (tail left) (tail right) else first;

  # --- Pairs and groups ---

  zipListsWith =
    f: left: right:
    genList (index: f (elemAt left index) (elemAt right index)) (lib.min (length left) (length right));
  zipLists = zipListsWith (fst: snd: { inherit fst snd; });

  groupBy' =
    op: nul: key: list:
    builtins.mapAttrs (_name: foldl op nul) (groupBy key list);

  # --- Order by a relation `before a b` ---

  # Follows the relation downwards from the head until a value has nothing before it: that one is `minimal`. With
  # `stopOnCycles`, meeting a value already on the way ends in `cycle` and `loops` instead.
  listDfs =
    stopOnCycles: before: list:
    let
      go =
        current: visited: rest:
        let
          onTheWay = filter (value: before value current) visited;
          split = builtins.partition (value: before value current) rest;
        in
        if stopOnCycles && onTheWay != [ ] then
          {
            cycle = current;
            loops = onTheWay;
            inherit visited rest;
          }
        else if split.right == [ ] then
          {
            minimal = current;
            inherit visited rest;
          }
        else
          go (head split.right) ([ current ] ++ visited) (tail split.right ++ split.wrong);
    in
    go (head list) [ ] (tail list);

  toposort =
    before: list:
    let
      first = listDfs true before list;
      others = toposort before (first.visited ++ first.rest);
    in
    if length list < 2 then
      { result = list; }
    else if first ? cycle then
      {
        cycle = reverseList ([ first.cycle ] ++ first.visited);
        inherit (first) loops;
      }
    else if others ? cycle then
      others
    else
      { result = [ first.minimal ] ++ others.result; };

  replaceElemAt =
    list: index: value:
    assert index >= 0 && index < length list;
    imap0 (position: old: if position == index then value else old) list;
}
