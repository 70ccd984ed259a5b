# Calling package functions and changing what they were called with.
{ lib }:
let
  inherit (builtins)
    attrNames
    concatStringsSep
    filter
    functionArgs
    hasAttr
    head
    intersectAttrs
    isAttrs
    mapAttrs
    ;

  # Names near a misspelt one, best first.
  suggestions =
    wanted: names:
    let
      distanceMax = lib.max 1 (builtins.stringLength wanted / 3);
      near = filter (name: lib.strings.levenshtein wanted name <= distanceMax) names;
    in
    lib.take 3 (lib.sortOn (lib.strings.levenshtein wanted) near);

  didYouMean =
    wanted: names:
    let
      found = map (name: "'${name}'") (suggestions wanted names);
    in
    lib.optionalString (found != [ ]) ", did you mean ${concatStringsSep " or " found}?";
in
rec {
  # Adds `override` (other arguments) and `overrideDerivation` (other raw attributes) to what f gives.
  makeOverridable =
    f:
    lib.mirrorFunctionArgs f (
      originalArguments:
      let
        result = f originalArguments;

        # The same function, its results changed by `change`: how every override* keeps the other ones working.
        changed =
          change:
          makeOverridable (lib.mirrorFunctionArgs f (arguments: change (f arguments))) originalArguments;

        override = lib.mirrorFunctionArgs f (
          newArguments:
          makeOverridable f (
            originalArguments
            // (if lib.isFunction newArguments then newArguments originalArguments else newArguments)
          )
        );
      in
      if isAttrs result then
        result
        // {
          inherit override;
          overrideDerivation = change: changed (drv: overrideDerivation drv change);
          ${if result ? overrideAttrs then "overrideAttrs" else null} =
            change: changed (drv: drv.overrideAttrs change);
        }
      else if lib.isFunction result then
        # A function stays callable, and gains `override`.
        lib.setFunctionArgs result (lib.functionArgs result) // { inherit override; }
      else
        result
    );

  # Calls `builtins.derivation` again with changed attributes; `overrideAttrs` is the better way for mkDerivation.
  overrideDerivation =
    drv: change:
    let
      changedDerivation = builtins.derivation (drv.drvAttrs // change drv);
    in
    lib.extendDerivation (drv.meta.available or true) (
      {
        meta = drv.meta or { };
        passthru = drv.passthru or { };
      }
      // (drv.passthru or { })
      // (lib.optionalAttrs (drv ? __spliced) {
        __spliced =
          { }
          // mapAttrs (_role: spliced: overrideDerivation spliced change) drv.__spliced;
      })
    ) changedDerivation;

  # Calls the function in a file with the arguments it names, taken from `autoArguments` unless given.
  callPackageWith =
    autoArguments: function: arguments:
    let
      f = if lib.isFunction function then function else import function;
      named = lib.functionArgs f;
      given = intersectAttrs named autoArguments // arguments;
      missing = filter (name: !named.${name} && !hasAttr name given) (attrNames named);
      origin =
        if lib.isFunction function then "the function" else "the function in '${toString function}'";
    in
    if missing == [ ] then
      makeOverridable f given
    else
      abort "lib.customisation.callPackageWith: ${origin} has no value for its argument '${head missing}'${
        didYouMean (head missing) (attrNames autoArguments)
      }";

  # As callPackageWith, for a function that gives a set of packages: each of them can be overridden on its own.
  callPackagesWith =
    autoArguments: function: arguments:
    let
      f = if lib.isFunction function then function else import function;
      given = intersectAttrs (lib.functionArgs f) autoArguments // arguments;
      packages = f given;
      overridable = name: makeOverridable (lib.mirrorFunctionArgs f (newArguments: (f newArguments).${name})) given;
    in
    if lib.isDerivation packages then
      throw "lib.customisation.callPackagesWith: the function gives one derivation; use callPackage"
    else
      mapAttrs (name: value: if isAttrs value then overridable name else value) packages;

  # A derivation with more attributes that keeps its outputs' identity: each output gets them as well.
  extendDerivation =
    condition: passthru: drv:
    let
      outputs = drv.outputs or [ "out" ];
      common =
        drv
        // lib.listToAttrs outputsList
        // {
          all = map (output: output.value) outputsList;
        }
        // passthru;
      outputsList = map (name: {
        inherit name;
        value =
          common
          // {
            inherit (drv.${name}) type outputName;
            outputSpecified = true;
            drvPath =
              assert condition;
              drv.${name}.drvPath;
            outPath =
              assert condition;
              drv.${name}.outPath;
          }
          // lib.optionalAttrs (passthru ? overrideAttrs) {
            overrideAttrs = change: (passthru.overrideAttrs change).${name};
          };
      }) outputs;
    in
    common
    // {
      drvPath =
        assert condition;
        drv.drvPath;
      outPath =
        assert condition;
        drv.outPath;
    };

  # Only what a job server needs of a derivation, forced deeply.
  hydraJob =
    drv:
    let
      outputs = drv.outputs or [ "out" ];
      common = {
        inherit (drv) name system meta;
        inherit outputs;
      };
      outputsList = map (name: {
        inherit name;
        value = common // {
          inherit (drv.${name}) outPath drvPath type outputName;
        };
      }) outputs;
      set = common // lib.listToAttrs outputsList;
    in
    if drv == null then null else builtins.deepSeq (head outputsList).value (set // (head outputsList).value);

  # mkDerivation-like builders that take `finalAttrs: { … }` as well as `{ … }`.
  extendMkDerivation =
    {
      constructDrv,
      excludeDrvArgNames ? [ ],
      excludeFunctionArgNames ? [ ],
      extendDrvArgs,
      inheritFunctionArgs ? true,
      transformDrv ? lib.id,
    }:
    lib.setFunctionArgs (
      fixedPoint:
      transformDrv (
        constructDrv (
          lib.extends (
            final: previous:
            builtins.removeAttrs (extendDrvArgs final previous) excludeDrvArgNames
          ) (final: builtins.removeAttrs (lib.toFunction fixedPoint final) excludeDrvArgNames)
        )
      )
    ) (
      builtins.removeAttrs (
        (lib.optionalAttrs inheritFunctionArgs (functionArgs (extendDrvArgs { })))
      ) excludeFunctionArgNames
    );
}
