# mkDerivation: from what a package says to what a builder gets.
{ lib, config }:
stdenv:
let
  checkMeta = import ./check-meta.nix { inherit lib config stdenv; };
  dependencies = import ./dependencies.nix { inherit lib; };
  flags = import ./flags.nix { inherit lib stdenv; };

  # Attributes that are about the package and not for its builder.
  notForBuilder = [
    "checkInputs"
    "installCheckInputs"
    "nativeCheckInputs"
    "nativeInstallCheckInputs"
    "meta"
    "passthru"
    "pos"
    "env"
    "allowedReferences"
    "__contentAddressedByDefault"
  ];

  nameOf =
    attributes:
    let
      # Several platforms' builds of one package should be told apart by a glance at the store.
      suffix = lib.optionalString (
        stdenv.hostPlatform.system != stdenv.buildPlatform.system
        || stdenv.hostPlatform.config != stdenv.buildPlatform.config
      ) "-${stdenv.hostPlatform.config}";
      static = lib.optionalString (stdenv.hostPlatform.isStatic or false) "-static";
    in
    lib.strings.sanitizeDerivationName (
      if attributes ? name then
        let
          # "hello-2.10" becomes "hello-riscv64-unknown-linux-gnu-2.10": tools look for the version at the end.
          parsed = builtins.parseDrvName attributes.name;
        in
        if suffix == "" || attributes ? outputHash then
          attributes.name
        else if parsed.version == "" then
          attributes.name + suffix
        else
          "${parsed.name}${suffix}-${parsed.version}"
      else if attributes ? pname && attributes ? version then
        "${attributes.pname}${static}${lib.optionalString (!attributes ? outputHash) suffix}-${attributes.version}"
      else
        throw "mkDerivation: a derivation needs `name`, or `pname` and `version`"
    );

  outputsOf = attributes: attributes.outputs or [ "out" ];

  # The raw attributes of the derivation.
  derivationArguments =
    attributes:
    let
      doCheck = (attributes.doCheck or false) && flags.canRunHost;
      doInstallCheck = (attributes.doInstallCheck or false) && flags.canRunHost;
      structured = attributes.__structuredAttrs or config.structuredAttrsByDefault or false;
      lists = dependencies { inherit attributes doCheck doInstallCheck; };
      defaultStrictDeps =
        config.strictDepsByDefault or false || stdenv.hostPlatform.config != stdenv.buildPlatform.config;

      environment = attributes.env or { };
      clashes = lib.attrNames (
        builtins.intersectAttrs environment (removeAttrs attributes notForBuilder)
      );
    in
    assert lib.assertMsg (clashes == [ ])
      "mkDerivation: `env` of ${nameOf attributes} and its other attributes set the same: ${toString clashes}";
    removeAttrs attributes (notForBuilder ++ dependencies.names)
    // {
      name = nameOf attributes;
      inherit stdenv;
      # A fixed name, so that the system decides where it is built.
      inherit (stdenv.buildPlatform) system;
      builder = attributes.realBuilder or stdenv.shell;
      args =
        attributes.args or [
          "-e"
          (attributes.builder or "${stdenv}/build.sh")
        ];
      strictDeps = attributes.strictDeps or defaultStrictDeps;
      userHook = config.stdenv.userHook or null;
      __ignoreNulls = true;
      outputs = outputsOf attributes;
      patches = attributes.patches or [ ];
      configureFlags = flags.configure attributes;
      inherit doCheck doInstallCheck;
    }
    // lists
    // flags.builder attributes
    // lib.optionalAttrs (environment != { }) (
      let
        checked = lib.mapAttrs checkEnvironment environment;
      in
      if structured then { env = checked; } else checked
    )
    // lib.optionalAttrs structured { __structuredAttrs = true; }
    // lib.optionalAttrs (attributes ? allowedReferences) { inherit (attributes) allowedReferences; };

  checkEnvironment =
    name: value:
    assert lib.assertMsg
      (
        builtins.isString value
        || builtins.isBool value
        || builtins.isInt value
        || lib.isDerivation value
        || builtins.isPath value
      )
      "mkDerivation: `env.${name}` must be a string, boolean, integer or derivation, but is a ${builtins.typeOf value}";
    value;

  metaOf =
    attributes: outputs:
    {
      name = nameOf attributes;
      outputsToInstall =
        if outputs == [ "out" ] then
          [ "out" ]
        else
          [
            (
              if builtins.elem "bin" outputs then
                "bin"
              else if builtins.elem "out" outputs then
                "out"
              else
                builtins.head outputs
            )
          ]
          ++ lib.optional (builtins.elem "man" outputs) "man";
    }
    // attributes.meta or { }
    // (
      let
        position = attributes.pos or (positionOf attributes);
      in
      lib.optionalAttrs (position != null) {
        position = "${position.file}:${toString position.line}";
      }
    );

  positionOf =
    attributes:
    if attributes ? meta.description then
      builtins.unsafeGetAttrPos "description" attributes.meta
    else if attributes ? version then
      builtins.unsafeGetAttrPos "version" attributes
    else
      builtins.unsafeGetAttrPos "name" attributes;

  # `finalAttrs`: the function sees what it becomes after all overrideAttrs, and the package itself as finalPackage.
  makeFromFunction =
    f:
    let
      overrideAttrs =
        change:
        makeFromFunction (lib.extends (lib.toExtension change) f);
      final = f (
        final
        // {
          finalPackage = package;
          inherit overrideAttrs;
        }
      );
      package = makeSimple overrideAttrs final;
    in
    package;

  makeSimple =
    overrideAttrs: attributes:
    let
      outputs = outputsOf attributes;
      meta = metaOf attributes outputs;
      verdict = checkMeta { inherit meta attributes; };
      arguments = derivationArguments attributes;
    in
    lib.extendDerivation verdict.ok (
      {
        meta = meta // verdict.meta;
        passthru = attributes.passthru or { };
        inherit overrideAttrs;
        # A shell for working on the package has everything but the package itself.
        inputDerivation = builtins.derivation (
          removeAttrs arguments [
            "allowedReferences"
            "outputHash"
            "outputHashAlgo"
            "outputHashMode"
          ]
          // {
            name = "${nameOf attributes}-inputs";
            outputs = [ "out" ];
            args = [
              "-c"
              "export > $out"
            ];
          }
        );
      }
      // attributes.passthru or { }
    ) (builtins.derivation arguments);
in
{
  mkDerivation =
    fixedPoint:
    makeFromFunction (if builtins.isFunction fixedPoint then fixedPoint else _final: fixedPoint);
}
