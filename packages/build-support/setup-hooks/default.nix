# Setup hooks: packages whose whole content is shell code for the builds that depend on them.
{ lib, self }:
let
  shellFile =
    name:
    builtins.path {
      inherit name;
      path = ./. + "/${name}";
    };
in
rec {
  # makeSetupHook { name; substitutions; propagatedBuildInputs; } SCRIPT
  makeSetupHook =
    {
      name ? "hook",
      substitutions ? { },
      propagatedBuildInputs ? [ ],
      propagatedNativeBuildInputs ? [ ],
      depsTargetTargetPropagated ? [ ],
      meta ? { },
      passthru ? { },
    }:
    script:
    self.runCommand name
      (
        lib.mapAttrs (_: value: toString value) substitutions
        // {
          inherit
            meta
            passthru
            depsTargetTargetPropagated
            propagatedBuildInputs
            propagatedNativeBuildInputs
            ;
          strictDeps = true;
          inherit script;
          substitutedNames = lib.attrNames substitutions;
        }
      )
      ''
        mkdir -p "$out/nix-support"
        options=()
        for variable in $substitutedNames; do
          options+=(--subst-var "$variable")
        done
        substitute "$script" "$out/nix-support/setup-hook" "''${options[@]}"
        _recordPropagated
      '';

  # makeWrapper and wrapProgram.
  makeShellWrapper = makeSetupHook {
    name = "make-shell-wrapper-hook";
    substitutions.shell = self.targetPackages.runtimeShell;
  } (shellFile "make-wrapper.sh");
  makeWrapper = makeShellWrapper;
}
