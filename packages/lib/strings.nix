# Strings: joining, cutting, testing, numbers in text, names.
{ lib }:
let
  inherit (builtins)
    concatStringsSep
    filter
    foldl'
    genList
    head
    isString
    match
    replaceStrings
    split
    stringLength
    substring
    ;

  lowerLetters = stringToCharacters "abcdefghijklmnopqrstuvwxyz";
  upperLetters = stringToCharacters "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  stringToCharacters = text: genList (index: substring index 1 text) (stringLength text);
in
rec {
  inherit stringToCharacters lowerLetters upperLetters;
  inherit (builtins)
    compareVersions
    fromJSON
    isString
    match
    parseDrvName
    readFile
    replaceStrings
    split
    storeDir
    stringLength
    substring
    tail
    toJSON
    typeOf
    unsafeDiscardStringContext
    concatStringsSep
    ;

  # Printable ASCII in the order of its codes, and the table from character to code.
  asciiTable = lib.importJSON ./ascii.json;

  # --- Joining ---

  concatStrings = concatStringsSep "";
  concatMapStrings = f: list: concatStrings (map f list);
  concatImapStrings = f: list: concatStrings (lib.imap1 f list);
  concatMapStringsSep =
    separator: f: list:
    concatStringsSep separator (map f list);
  concatImapStringsSep =
    separator: f: list:
    concatStringsSep separator (lib.imap1 f list);
  concatMapAttrsStringSep =
    separator: f: set:
    concatStringsSep separator (lib.mapAttrsToList f set);
  concatLines = concatMapStrings (line: line + "\n");
  intersperse =
    separator: list:
    if list == [ ] then
      [ ]
    else
      [ (head list) ]
      ++ lib.concatMap (value: [
        separator
        value
      ]) (builtins.tail list);
  replicate = count: text: concatStrings (lib.lists.replicate count text);
  optionalString = condition: text: if condition then text else "";

  # Search paths: "a/bin:b/bin".
  makeSearchPath =
    subDirectory: paths:
    concatStringsSep ":" (map (path: path + "/" + subDirectory) (filter (path: path != null) paths));
  makeSearchPathOutput =
    output: subDirectory: packages:
    makeSearchPath subDirectory (map (lib.getOutput output) packages);
  makeIncludePath = makeSearchPathOutput "dev" "include";
  makeLibraryPath = makeSearchPathOutput "lib" "lib";
  makeBinPath = makeSearchPathOutput "bin" "bin";

  # --- Cutting ---

  hasPrefix = prefix: text: substring 0 (stringLength prefix) text == prefix;
  hasSuffix =
    suffix: text:
    let
      start = stringLength text - stringLength suffix;
    in
    start >= 0 && substring start (stringLength suffix) text == suffix;
  hasInfix =
    infix: text:
    # Replacing answers the question in one pass and, unlike `match`, also across line breaks.
    infix == "" || replaceStrings [ infix ] [ "" ] (toString text) != toString text;

  removePrefix =
    prefix: text:
    if hasPrefix prefix text then substring (stringLength prefix) (-1) text else text;
  removeSuffix =
    suffix: text:
    if hasSuffix suffix text then substring 0 (stringLength text - stringLength suffix) text else text;

  splitString =
    separator: text:
    let
      parts = filter isString (split (lib.escapeRegex (toString separator)) (toString text));
      context = builtins.getContext text;
    in
    if separator == "" then
      throw "lib.splitString: the separator is empty"
    else
      map (part: builtins.appendContext part context) parts;

  trim = trimWith {
    start = true;
    end = true;
  };
  trimWith =
    {
      start ? false,
      end ? false,
    }:
    text:
    let
      blank = "[ \t\r\n]*";
      pattern =
        if start && end then
          "${blank}(.*[^ \t\r\n])${blank}"
        else if start then
          "${blank}(.*)"
        else if end then
          "(.*[^ \t\r\n])${blank}"
        else
          "(.*)";
      found = match pattern text;
    in
    if found == null then "" else head found;

  chomp = text: lib.removeSuffix "\n" (lib.removeSuffix "\r\n" text);

  commonPrefixLength =
    left: right:
    lib.lists.commonPrefixLength (stringToCharacters left) (stringToCharacters right);
  commonSuffixLength =
    left: right:
    lib.lists.commonPrefixLength (lib.reverseList (stringToCharacters left)) (
      lib.reverseList (stringToCharacters right)
    );
  levenshtein = import ./levenshtein.nix { inherit lib; };

  # --- Changing ---

  addContextFrom = source: target: substring 0 0 source + target;
  charToInt = character: asciiTable.${character};
  toLower = replaceStrings upperLetters lowerLetters;
  toUpper = replaceStrings lowerLetters upperLetters;
  toSentenceCase =
    text: toUpper (substring 0 1 text) + toLower (substring 1 (-1) text);
  toCamelCase =
    text:
    let
      words = filter (word: isString word && word != "") (split "[-_ ]" text);
    in
    concatStrings (lib.imap0 (index: word: if index == 0 then toLower word else toSentenceCase word) words);
  stringAsChars = f: text: concatStrings (map f (stringToCharacters text));
  replaceChars = replaceStrings;
  normalizePath =
    path:
    foldl' (
      result: character: if character == "/" && hasSuffix "/" result then result else result + character
    ) "" (stringToCharacters path);

  # Indents every line that has text.
  indentLines =
    indent: text:
    concatMapStringsSep "\n" (line: if line == "" then line else indent + line) (splitString "\n" text);

  fixedWidthString =
    width: filler: text:
    let
      missing = width - stringLength text;
    in
    assert lib.assertMsg (missing >= 0)
      "fixedWidthString: requested string length (${toString width}) must not be shorter than actual length (${
        toString (stringLength text)
      })";
    if missing == 0 then
      text
    else
      substring 0 missing (replicate missing filler) + text;
  fixedWidthNumber = width: number: fixedWidthString width "0" (toString number);

  # --- Numbers ---

  floatToString = number: toString (builtins.fromJSON (builtins.toJSON number));
  isConvertibleWithToString =
    value:
    value == null
    || builtins.elem (builtins.typeOf value) [
      "bool"
      "float"
      "int"
      "path"
      "string"
    ]
    || (builtins.isList value && lib.all isConvertibleWithToString value)
    || value ? outPath
    || value ? __toString;
  isStringLike = value: isString value || builtins.isPath value || value ? outPath || value ? __toString;
  isCoercibleToString = isStringLike;
  isSimpleString = isString;

  toInt =
    text:
    let
      found = match "[ \t\n]*(-?)0*([0-9]+)[ \t\n]*" text;
      zeros = match "[ \t\n]*-?0[0-9]+[ \t\n]*" text;
    in
    if found == null then
      throw "toInt: could not convert ${lib.escapeNixString text} to int"
    else if zeros != null then
      throw "toInt: ambiguous: ${lib.escapeNixString text} could be octal or zero padded"
    else
      builtins.fromJSON (concatStrings found);
  toIntBase10 =
    text:
    let
      found = match "[ \t\n]*(-?)0*([0-9]+)[ \t\n]*" text;
    in
    if found == null then
      throw "toIntBase10: could not convert ${lib.escapeNixString text} to int"
    else
      builtins.fromJSON (concatStrings found);

  # --- Names and versions ---

  getName =
    let
      parse = name: (builtins.parseDrvName name).name;
    in
    package: if isString package then parse package else package.pname or (parse package.name);
  getVersion =
    let
      parse = name: (builtins.parseDrvName name).version;
    in
    package: if isString package then parse package else package.version or (parse package.name);
  nameFromURL =
    url: separator:
    let
      fileName = lib.last (splitString "/" url);
    in
    head (splitString separator fileName);
  versionOlder = left: right: builtins.compareVersions right left == 1;
  versionAtLeast = left: right: !versionOlder left right;

  # A derivation's name may hold only [A-Za-z0-9+._?=-], may not start with a dot, and has at most 211 characters.
  sanitizeDerivationName =
    let
      allowed = match "[[:alnum:]+_?=-][[:alnum:]+._?=-]*";
    in
    text:
    if stringLength text <= 207 && allowed text != null then
      builtins.unsafeDiscardStringContext text
    else
      let
        bare = head (match "[.]*(.*)" (builtins.unsafeDiscardStringContext (toString text)));
        replaced = concatMapStrings (part: if isString part then part else "-") (
          split "[^[:alnum:]+._?=-]+" bare
        );
        kept = substring (lib.max (stringLength replaced - 207) 0) (-1) replaced;
      in
      if kept == "" then "unknown" else kept;

  isStorePath =
    value:
    if isStringLike value then
      let
        text = toString value;
      in
      substring 0 1 text == "/" && dirOf text == builtins.storeDir
    else
      false;

  isValidPosixName = name: match "[a-zA-Z_][a-zA-Z0-9_]*" name != null;
  fileContents = file: removeSuffix "\n" (builtins.readFile file);
  readPathsFromFile =
    root: file:
    map (line: root + "/${line}") (
      filter (line: line != "" && !hasPrefix "#" line) (splitString "\n" (builtins.readFile file))
    );
}
