# The six kinds of dependencies: which member of a spliced package each list means, and which of its outputs.
{ lib }:
let
  kinds = [
    {
      role = "buildBuild";
      own = "depsBuildBuild";
      propagated = "depsBuildBuildPropagated";
    }
    {
      role = "buildHost";
      own = "nativeBuildInputs";
      propagated = "propagatedNativeBuildInputs";
    }
    {
      role = "buildTarget";
      own = "depsBuildTarget";
      propagated = "depsBuildTargetPropagated";
    }
    {
      role = "hostHost";
      own = "depsHostHost";
      propagated = "depsHostHostPropagated";
    }
    {
      role = "hostTarget";
      own = "buildInputs";
      propagated = "propagatedBuildInputs";
    }
    {
      role = "targetTarget";
      own = "depsTargetTarget";
      propagated = "depsTargetTargetPropagated";
    }
  ];

  namesOf = kind: [
    kind.own
    kind.propagated
  ];
  names = lib.concatMap namesOf kinds;

  # Inputs that only checks need join when they run.
  forChecks =
    {
      attributes,
      doCheck,
      doInstallCheck,
    }:
    name:
    let
      ofPhase =
        condition: list:
        lib.optionals condition (attributes.${list} or [ ]);
    in
    if name == "nativeBuildInputs" then
      ofPhase doCheck "nativeCheckInputs" ++ ofPhase doInstallCheck "nativeInstallCheckInputs"
    else if name == "buildInputs" then
      ofPhase doCheck "checkInputs" ++ ofPhase doInstallCheck "installCheckInputs"
    else
      [ ];

  choose =
    role: name: dependency:
    if dependency == null || lib.isStringLike dependency && !builtins.isAttrs dependency then
      dependency
    else if builtins.isAttrs dependency then
      lib.getDev (dependency.__spliced.${role} or dependency)
    else
      throw "mkDerivation: `${name}` holds a ${builtins.typeOf dependency}, where a package or path is expected";
in
{
  __functor =
    _self:
    {
      attributes,
      doCheck,
      doInstallCheck,
    }:
    let
      checks = forChecks { inherit attributes doCheck doInstallCheck; };
      list =
        role: name:
        map (choose role name) (
          lib.filter (dependency: dependency != null) (lib.flatten (attributes.${name} or [ ] ++ checks name))
        );
    in
    lib.listToAttrs (
      lib.concatMap (kind: map (name: lib.nameValuePair name (list kind.role name)) (namesOf kind)) kinds
    );

  inherit names;
}
