# Command lines from attribute sets.
{ lib }:
{
  # { a = true; name = "x"; many = [ 1 2 ]; off = false; } -> [ "-a" "--many" "1" "--many" "2" "--name" "x" ]
  toGNUCommandLine =
    {
      mkOptionName ? name: if builtins.stringLength name == 1 then "-${name}" else "--${name}",
      mkBool ? name: value: lib.optional value (mkOptionName name),
      mkList ? name: values: lib.concatMap (mkOption name) values,
      mkOption ?
        name: value:
        if value == null then
          [ ]
        else if optionValueSeparator == null then
          [
            (mkOptionName name)
            (lib.generators.mkValueStringDefault { } value)
          ]
        else
          [ "${mkOptionName name}${optionValueSeparator}${lib.generators.mkValueStringDefault { } value}" ],
      optionValueSeparator ? null,
    }:
    set:
    let
      render =
        name: value:
        if builtins.isBool value then
          mkBool name value
        else if builtins.isList value then
          mkList name value
        else
          mkOption name value;
    in
    lib.concatLists (lib.mapAttrsToList render set);
}
