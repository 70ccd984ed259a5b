# Derivations that build when the helpers work.
{
  runCommand,
  runtimeShell,
  makeWrapper,
  writeShellScriptBin,
  writeShellApplication,
  writeText,
  writeTextDir,
  symlinkJoin,
  linkFarm,
  concatText,
}:
let
  greeter = writeShellScriptBin "greet" ''echo "hello ''${NAME-nobody} $*"'';
in
{
  writers = runCommand "test-writers" { nativeBuildInputs = [ greeter ]; } ''
    [[ $(greet) == "hello nobody " ]]
    [[ $(<${writeText "x" "a\n$b"}) == $'a\n$b' ]]
    [[ $(<${writeTextDir "share/x" "y"}/share/x) == y ]]
    [[ $(${
      writeShellApplication {
        name = "application";
        runtimeInputs = [ greeter ];
        text = "greet you";
      }
    }/bin/application) == "hello nobody you" ]]
    touch $out
  '';

  links = runCommand "test-links" { } ''
    joined=${
      symlinkJoin {
        name = "joined";
        paths = [
          greeter
          (writeTextDir "share/x" "y")
        ];
      }
    }
    [[ -L $joined/bin/greet && $(<$joined/share/x) == y ]]
    farm=${linkFarm "farm" { "a/b" = greeter; }}
    [[ $(readlink $farm/a/b) == ${greeter} ]]
    [[ $(<${
      concatText "both" [
        (writeText "1" "one ")
        (writeText "2" "two")
      ]
    }) == "one two" ]]
    touch $out
  '';

  wrappers = runCommand "test-wrappers" { nativeBuildInputs = [ makeWrapper ]; } ''
    makeWrapper ${greeter}/bin/greet first --set NAME "a 'quoted' name" --add-flags "-x" --append-flags "-z"
    [[ $(./first y) == "hello a 'quoted' name -x y -z" ]]

    cp ${greeter}/bin/greet second
    wrapProgram "$PWD/second" --prefix P : /new --suffix P : /last --set-default NAME dflt --run 'export RAN=1'
    [[ $(NAME=mine ./second) == "hello mine " && $(./second) == "hello dflt " ]]
    chmod u+w .second-wrapped
    printf '#!%s\necho "$P|$RAN"\n' ${runtimeShell} >.second-wrapped
    [[ $(P=/old ./second) == "/new:/old:/last|1" && $(P=/new:/old ./second) == "/new:/old:/last|1" ]]
    touch $out
  '';
}
