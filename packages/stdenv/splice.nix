# Splicing: in a cross set every package also carries its counterparts for the other roles, so that `nativeBuildInputs`
# can take the one that runs on the build platform although the package function named only one.
{ lib }:
let
  roles = {
    pkgsBuildBuild = "buildBuild";
    pkgsBuildHost = "buildHost";
    pkgsBuildTarget = "buildTarget";
    pkgsHostHost = "hostHost";
    pkgsHostTarget = "hostTarget";
    pkgsTargetTarget = "targetTarget";
  };

  # A value that evaluation refuses (throw, assert) counts as absent for a role.
  valueOf =
    set: name:
    if set ? ${name} then
      let
        tried = builtins.tryEval set.${name};
      in
      if tried.success then tried.value else { }
    else
      { };

  spliceValue =
    sets: name:
    let
      own = sets.pkgsHostTarget.${name} or null;
      counterparts = lib.mapAttrs' (
        source: role: lib.nameValuePair role (valueOf sets.${source} name)
      ) roles;
      usable = lib.filterAttrs (_: value: value != { }) counterparts;
      # What only the tools' set has is reachable by its name too.
      default = if sets.pkgsHostTarget ? ${name} then own else counterparts.buildHost;
    in
    if lib.isDerivation default then
      default
      // lib.optionalAttrs (default ? outputs) (spliceOutputs default counterparts)
      // { __spliced = usable; }
    else if lib.isFunction default || !builtins.isAttrs default then
      default
    else if default ? __splicedPackages || default ? recurseForDerivations then
      splice (
        lib.mapAttrs (source: _: valueOf sets.${source} name) roles
      )
    else
      default;

  # zlib.dev in nativeBuildInputs must find the build platform's zlib.dev.
  spliceOutputs =
    default: counterparts:
    lib.genAttrs (lib.filter (output: default ? ${output}) default.outputs) (
      output:
      default.${output}
      // {
        __spliced = lib.filterAttrs (_: value: value != { }) (
          lib.mapAttrs (_: counterpart: valueOf counterpart output) counterparts
        );
      }
    );

  splice =
    sets:
    let
      names = lib.mergeAttrsList [
        (lib.mapAttrs (_: _: null) sets.pkgsBuildHost)
        (lib.mapAttrs (_: _: null) sets.pkgsHostTarget)
      ];
    in
    lib.mapAttrs (name: _: spliceValue sets name) names;
in
{
  splicePackages = splice;
}
