# Scopes: sets of packages that see each other before they see the rest.
{ lib }:
let
  spliceKeys = [
    "buildBuild"
    "buildHost"
    "buildTarget"
    "hostHost"
    "hostTarget"
    "targetTarget"
  ];
  emptyOthers = lib.genAttrs spliceKeys (_: { });
in
rec {
  # newScope comes from the surrounding set: it makes a callPackage whose arguments are the extra ones first.
  makeScope =
    newScope: f:
    let
      self = f self // {
        newScope = scope: newScope (self // scope);
        callPackage = self.newScope { };
        overrideScope = overlay: makeScope newScope (lib.extends (lib.toExtension overlay) f);
        packages = f;
      };
    in
    self;

  # As makeScope, with splicing: in a cross set, what a package of the scope names in nativeBuildInputs is the scope's
  # member for the build platform. `splicePackages` and `newScope` come from the surrounding set.
  makeScopeWithSplicing' =
    { splicePackages, newScope }:
    {
      otherSplices ? null,
      keep ? (_self: { }),
      extra ? (_spliced: { }),
      f,
    }:
    let
      others =
        if otherSplices == null then
          emptyOthers
        else
          lib.genAttrs spliceKeys (
            key: otherSplices."self${lib.toUpper (lib.substring 0 1 key)}${lib.substring 1 (-1) key}" or { }
          );
      spliced = splicePackages {
        pkgsBuildBuild = others.buildBuild;
        pkgsBuildHost = others.buildHost;
        pkgsBuildTarget = others.buildTarget;
        pkgsHostHost = others.hostHost;
        pkgsHostTarget = self;
        pkgsTargetTarget = others.targetTarget;
      };
      visible = extra spliced // spliced // keep self;
      self = f self // {
        newScope = scope: newScope (visible // scope);
        callPackage = newScope visible;
        overrideScope =
          overlay:
          makeScopeWithSplicing' { inherit splicePackages newScope; } {
            inherit otherSplices keep extra;
            f = lib.extends (lib.toExtension overlay) f;
          };
        packages = f;
      };
    in
    self;

  makeScopeWithSplicing =
    splicePackages: newScope: otherSplices: keep: extra: f:
    makeScopeWithSplicing' { inherit splicePackages newScope; } {
      inherit
        otherSplices
        keep
        extra
        f
        ;
    };
}
