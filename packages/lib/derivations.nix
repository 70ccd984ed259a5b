# Questions to derivations: which output is meant, is it available, what does it look like lazily.
{ lib }:
rec {
  # The named output where there is one, else the first of the fallbacks, else the derivation itself. A derivation on
  # which someone already chose an output is left alone.
  getFirstOutput =
    candidates: package:
    let
      wanted = lib.findFirst (name: package ? ${name}) null candidates;
    in
    if package.outputSpecified or false || !(package ? outputs) || wanted == null then package else package.${wanted};

  getOutput =
    output: package:
    if !package.outputSpecified or false then package.${output} or package.out or package else package;
  getBin = getOutput "bin";
  getLib = getFirstOutput [
    "lib"
    "out"
  ];
  getStatic = getFirstOutput [
    "static"
    "lib"
    "out"
  ];
  getDev = getFirstOutput [
    "dev"
    "out"
  ];
  getInclude = getFirstOutput [
    "include"
    "dev"
    "out"
  ];
  getMan = getFirstOutput [
    "man"
    "doc"
    "out"
  ];
  chooseDevOutputs = map getDev;

  getExe =
    package:
    getExe' package (
      package.meta.mainProgram or (lib.warn
        "getExe: package '${package.name or "?"}' has no meta.mainProgram; its name is taken instead"
        (lib.getName package)
      )
    );
  getExe' =
    package: program:
    assert lib.assertMsg (
      !(lib.hasInfix "/" program)
    ) "lib.getExe': the program '${program}' must be a name, not a path";
    "${getBin package}/bin/${program}";

  # A derivation whose cheap parts (name, meta, outputs) are known without evaluating the rest.
  lazyDerivation =
    {
      derivation,
      meta ? null,
      passthru ? { },
      outputs ? [ "out" ],
    }:
    passthru
    // lib.genAttrs outputs (name: derivation.${name})
    // {
      type = "derivation";
      inherit outputs;
      inherit (derivation)
        drvPath
        name
        outPath
        outputName
        system
        ;
      meta = if meta == null then derivation.meta else meta;
    };

  # For hosts where a dependency exists only under a condition.
  optionalDrvAttr = condition: value: if condition then value else null;

  warnOnInstantiate =
    message: drv:
    let
      guarded = removeAttrs drv [
        "meta"
        "name"
        "type"
        "outputName"
      ];
    in
    drv // lib.mapAttrs (_: lib.warn message) guarded;
}
