# Quoting: for the shell, for Nix itself, for regular expressions, URLs and XML.
{ lib }:
let
  inherit (builtins)
    match
    replaceStrings
    toJSON
    ;

  # Words that cannot stand as a bare attribute name.
  keywords = [
    "assert"
    "else"
    "if"
    "in"
    "inherit"
    "let"
    "or"
    "rec"
    "then"
    "with"
  ];
in
rec {
  # Puts a backslash before each of the given characters.
  escape = characters: replaceStrings characters (map (character: "\\${character}") characters);

  escapeC =
    characters:
    replaceStrings characters (
      map (
        character: "\\x${lib.toLower (lib.toHexString (lib.strings.charToInt character))}"
      ) characters
    );

  escapeRegex = escape (lib.stringToCharacters "\\[{()^$?*+|.");

  # Bare where the shell reads the word as itself, in single quotes otherwise.
  escapeShellArg =
    value:
    let
      text = toString value;
    in
    if match "[[:alnum:],._+:@%/-]+" text == null then
      "'${replaceStrings [ "'" ] [ "'\\''" ] text}'"
    else
      text;
  escapeShellArgs = lib.concatMapStringsSep " " escapeShellArg;

  toShellVar =
    name: value:
    assert lib.assertMsg (lib.isValidPosixName name) "toShellVar: ${name} is not a valid shell variable name";
    if lib.isAttrs value && !lib.isStringLike value then
      "declare -A ${name}=(${
        lib.concatStringsSep " " (
          lib.mapAttrsToList (key: element: "[${escapeShellArg key}]=${escapeShellArg element}") value
        )
      })"
    else if lib.isList value then
      "declare -a ${name}=(${escapeShellArgs value})"
    else
      "${name}=${escapeShellArg value}";
  toShellVars = set: lib.concatStringsSep "\n" (lib.mapAttrsToList toShellVar set);

  escapeNixString = text: escape [ "$" ] (toJSON text);
  escapeNixIdentifier =
    text:
    if match "[a-zA-Z_][a-zA-Z0-9_'-]*" text != null && !(builtins.elem text keywords) then
      text
    else
      escapeNixString text;

  escapeURL =
    let
      kept = lib.stringToCharacters "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
      replaced = builtins.removeAttrs lib.strings.asciiTable kept;
    in
    replaceStrings (builtins.attrNames replaced) (
      lib.mapAttrsToList (_: code: "%${lib.fixedWidthString 2 "0" (lib.toHexString code)}") replaced
    );

  escapeXML =
    replaceStrings
      [
        "\""
        "'"
        "<"
        ">"
        "&"
      ]
      [
        "&quot;"
        "&apos;"
        "&lt;"
        "&gt;"
        "&amp;"
      ];

  # Arguments of a command from a set, in GNU style: { verbose = true; name = [ "a" "b" ]; }.
  toGNUCommandLine =
    options: set:
    (import ./cli.nix { inherit lib; }).toGNUCommandLine options set;
  toGNUCommandLineShell = options: set: escapeShellArgs (toGNUCommandLine options set);

}
