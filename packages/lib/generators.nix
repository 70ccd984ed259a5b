# Configuration files from Nix values.
{ lib }:
rec {
  mkValueStringDefault =
    { }:
    value:
    if builtins.isInt value then
      toString value
    else if lib.isDerivation value then
      toString value
    else if builtins.isString value then
      value
    else if value == true then
      "true"
    else if value == false then
      "false"
    else if value == null then
      "null"
    else if builtins.isFloat value then
      lib.strings.floatToString value
    else
      throw "generators.mkValueStringDefault: a ${builtins.typeOf value} has no text form: ${toPretty { } value}";

  mkKeyValueDefault =
    {
      mkValueString ? mkValueStringDefault { },
    }:
    separator: key: value:
    "${lib.escape [ separator ] key}${separator}${mkValueString value}";

  toKeyValue =
    {
      mkKeyValue ? mkKeyValueDefault { } "=",
      listsAsDuplicateKeys ? false,
      indent ? "",
    }:
    let
      line = key: value: indent + mkKeyValue key value + "\n";
      lines =
        key: value:
        map (line key) (if listsAsDuplicateKeys && builtins.isList value then value else [ value ]);
    in
    set: lib.concatStrings (lib.concatLists (lib.mapAttrsToList lines set));

  toINI =
    {
      mkSectionName ? name: lib.escape [ "[" "]" ] name,
      mkKeyValue ? mkKeyValueDefault { } "=",
      listsAsDuplicateKeys ? false,
    }:
    sections:
    lib.concatStringsSep "\n" (
      lib.mapAttrsToList (
        name: values:
        "[${mkSectionName name}]\n" + toKeyValue { inherit mkKeyValue listsAsDuplicateKeys; } values
      ) sections
    );

  toJSON = { }: builtins.toJSON;
  toYAML = toJSON;

  # Nix syntax for people; not necessarily readable by Nix where functions and derivations occur.
  toPretty =
    {
      multiline ? true,
      indent ? "",
      allowPrettyValues ? false,
    }:
    value:
    let
      inner = toPretty {
        inherit multiline allowPrettyValues;
        indent = indent + "  ";
      };
      lineStart = if multiline then "\n${indent}  " else " ";
      lineEnd = if multiline then "\n${indent}" else " ";
      attribute = name: element: "${lib.escapeNixIdentifier name} = ${inner element};";
    in
    if builtins.isString value then
      lib.escapeNixString value
    else if builtins.isPath value then
      toString value
    else if builtins.isFloat value then
      lib.strings.floatToString value
    else if builtins.isList value then
      if value == [ ] then
        "[ ]"
      else
        "[${lineStart}${lib.concatMapStringsSep lineStart inner value}${lineEnd}]"
    else if lib.isFunction value then
      "<function>"
    else if builtins.isAttrs value then
      if allowPrettyValues && value ? __pretty && value ? val then
        value.__pretty value.val
      else if value == { } then
        "{ }"
      else if lib.isDerivation value then
        "<derivation ${value.name or "???"}>"
      else
        "{${lineStart}${lib.concatStringsSep lineStart (lib.mapAttrsToList attribute value)}${lineEnd}}"
    else
      mkValueStringDefault { } value;
}
