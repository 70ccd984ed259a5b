# Assertions that say what is wrong.
{ lib }:
rec {
  assertMsg = condition: message: condition || throw message;

  assertOneOf =
    name: value: valid:
    assertMsg (builtins.elem value valid)
      "${name} must be one of ${lib.generators.toPretty { } valid}, but is: ${lib.generators.toPretty { } value}";

  assertEachOneOf =
    name: values: valid:
    assertMsg (lib.all (value: builtins.elem value valid) values)
      "each element in ${name} must be one of ${lib.generators.toPretty { } valid}, but is: ${
        lib.generators.toPretty { } values
      }";
}
