# Small functions on functions, numbers and truth values.
{ lib }:
rec {
  # Year and month of the Debian release that the set is bootstrapped from decide nothing; this is the interface level
  # that expressions ask for with `lib.versionAtLeast lib.version …`.
  release = "25.11";
  codeName = "ferry";
  versionSuffix = "";
  oldestSupportedRelease = 2505;
  oldestSupportedReleaseIsAtLeast = level: oldestSupportedRelease >= level;

  id = x: x;
  const = x: _: x;
  pipe = builtins.foldl' (x: f: f x);
  flip =
    f: a: b:
    f b a;

  and = a: b: a && b;
  or = a: b: a || b;
  xor = a: b: a != b;
  boolToString = value: if value then "true" else "false";
  boolToYesNo = value: if value then "yes" else "no";

  min = a: b: if a < b then a else b;
  max = a: b: if a > b then a else b;
  mod = base: divisor: base - divisor * (base / divisor);

  # -1, 0 or 1, for `sort`-like use.
  compare =
    a: b:
    if a < b then
      -1
    else if a > b then
      1
    else
      0;

  # Values that satisfy `predicate` come before the others; within each group the given comparison decides.
  splitByAndCompare =
    predicate: compareYes: compareNo: a: b:
    if predicate a then
      if predicate b then compareYes a b else -1
    else if predicate b then
      1
    else
      compareNo a b;

  mapNullable = f: value: if value == null then null else f value;
  defaultTo = default: value: if value == null then default else value;

  mergeAttrs = left: right: left // right;

  importJSON = path: builtins.fromJSON (builtins.readFile path);
  importTOML = path: builtins.fromTOML (builtins.readFile path);

  # Functions that say what arguments they take, also where they are attribute sets with `__functor`.
  setFunctionArgs = f: arguments: {
    __functor = _self: f;
    __functionArgs = arguments;
  };
  functionArgs =
    f:
    if f ? __functor then
      f.__functionArgs or (lib.functionArgs (f.__functor f))
    else
      builtins.functionArgs f;
  isFunction = f: builtins.isFunction f || (f ? __functor && lib.isFunction (f.__functor f));
  mirrorFunctionArgs =
    f:
    let
      arguments = lib.functionArgs f;
    in
    g: setFunctionArgs g arguments;
  toFunction = value: if lib.isFunction value then value else _: value;

  warn =
    builtins.warn or (message: value: builtins.trace "evaluation warning: ${message}" value);
  warnIf = condition: message: if condition then warn message else id;
  warnIfNot = condition: warnIf (!condition);
  info = message: builtins.trace "INFO: ${message}";
  throwIf = condition: message: if condition then throw message else id;
  throwIfNot = condition: throwIf (!condition);

  # Stops with the names that are in `given` and not in `valid`.
  checkListOfEnum =
    message: valid: given:
    let
      unexpected = lib.subtractLists valid given;
    in
    throwIfNot (unexpected == [ ])
      "${message}: ${lib.concatStringsSep ", " (map toString unexpected)} unexpected; valid ones: ${
        lib.concatStringsSep ", " (map toString valid)
      }";

  inPureEvalMode = !(builtins ? currentSystem);
  inNixShell = builtins.getEnv "IN_NIX_SHELL" != "";

  toHexString =
    number:
    let
      digits = toBaseDigits 16 number;
    in
    lib.concatMapStrings (digit: builtins.substring digit 1 "0123456789ABCDEF") digits;

  fromHexString = text: (builtins.fromTOML "number = 0x${lib.removePrefix "0x" (lib.toLower text)}").number;

  # Digits of a number >= 0, most significant first.
  toBaseDigits =
    base: number:
    let
      go =
        rest: digits:
        if rest < base then [ rest ] ++ digits else go (rest / base) ([ (mod rest base) ] ++ digits);
    in
    assert base >= 2 && number >= 0;
    go number [ ];

  # The attributes of `arguments` that `f` names.
  argumentsFor = f: arguments: builtins.intersectAttrs (lib.functionArgs f) arguments;
}
