# mkShell: a derivation to stand in, with the inputs of others. Entering it is what it is for; built, it is a file
# of its environment.
{
  lib,
  stdenv,
}:
{
  name ? "nix-shell",
  packages ? [ ],
  # Packages whose inputs are wanted, but not they themselves.
  inputsFrom ? [ ],
  buildInputs ? [ ],
  nativeBuildInputs ? [ ],
  propagatedBuildInputs ? [ ],
  propagatedNativeBuildInputs ? [ ],
  shellHook ? "",
  ...
}@arguments:
let
  # What is listed and comes from another listed package stays out of its own inputs.
  inputs =
    list: own:
    own
    ++ lib.subtractLists inputsFrom (
      lib.flatten (lib.catAttrs list (map (from: from.drvAttrs or from) inputsFrom))
    );
in
stdenv.mkDerivation (
  removeAttrs arguments [
    "packages"
    "inputsFrom"
  ]
  // {
    inherit name;
    buildInputs = inputs "buildInputs" buildInputs;
    nativeBuildInputs = packages ++ inputs "nativeBuildInputs" nativeBuildInputs;
    propagatedBuildInputs = inputs "propagatedBuildInputs" propagatedBuildInputs;
    propagatedNativeBuildInputs = inputs "propagatedNativeBuildInputs" propagatedNativeBuildInputs;
    shellHook = lib.concatStringsSep "\n" (
      lib.catAttrs "shellHook" (lib.reverseList inputsFrom) ++ [ shellHook ]
    );
    phases = [ "buildPhase" ];
    buildPhase = ''
      export -p >"$out"
    '';
    preferLocalBuild = true;
  }
)
