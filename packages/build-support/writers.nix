# Text files and scripts.
{ lib, self }:
let
  inherit (self) stdenvNoCC runtimeShell;
in
rec {
  writeTextFile =
    {
      name,
      text,
      executable ? false,
      # Below $out; "" makes the output the file itself.
      destination ? "",
      checkPhase ? "",
      meta ? { },
      passthru ? { },
      derivationArgs ? { },
      preferLocalBuild ? true,
      allowSubstitutes ? false,
    }:
    self.runCommandWith
      {
        inherit name;
        derivationArgs = {
          inherit
            text
            executable
            destination
            checkPhase
            preferLocalBuild
            allowSubstitutes
            passthru
            ;
          passAsFile = [ "text" ] ++ derivationArgs.passAsFile or [ ];
          meta =
            lib.optionalAttrs (executable && lib.hasPrefix "/bin/" destination) {
              mainProgram = lib.removePrefix "/bin/" destination;
            }
            // meta;
        }
        // removeAttrs derivationArgs [ "passAsFile" ];
      }
      ''
        target=$out$destination
        mkdir -p "$(dirname "$target")"
        if [[ -e $textPath ]]; then
          mv "$textPath" "$target"
        else
          printf '%s' "$text" >"$target"
        fi
        if [[ -n $executable ]]; then
          chmod +x "$target"
        fi
        eval "$checkPhase"
      '';

  writeText =
    name: text:
    writeTextFile { inherit name text; };
  writeTextDir =
    path: text:
    writeTextFile {
      name = baseNameOf path;
      inherit text;
      destination = "/${path}";
    };
  writeScript =
    name: text:
    writeTextFile {
      inherit name text;
      executable = true;
    };
  writeScriptBin =
    name: text:
    writeTextFile {
      inherit name text;
      executable = true;
      destination = "/bin/${name}";
    };

  writeShellScript =
    name: text:
    writeTextFile {
      inherit name;
      executable = true;
      text = "#!${runtimeShell}\n${text}\n";
      checkPhase = "${stdenvNoCC.shell} -n -O extglob $target";
    };
  writeShellScriptBin =
    name: text:
    writeTextFile {
      inherit name;
      executable = true;
      destination = "/bin/${name}";
      text = "#!${runtimeShell}\n${text}\n";
      checkPhase = "${stdenvNoCC.shell} -n -O extglob $target";
      meta.mainProgram = name;
    };

  # A script that fails on the first error and has its programs in PATH.
  writeShellApplication =
    {
      name,
      text,
      runtimeInputs ? [ ],
      runtimeEnv ? { },
      meta ? { },
      checkPhase ? null,
      bashOptions ? [
        "errexit"
        "nounset"
        "pipefail"
      ],
      inheritPath ? true,
      derivationArgs ? { },
    }:
    writeTextFile {
      inherit name derivationArgs;
      executable = true;
      destination = "/bin/${name}";
      meta = {
        mainProgram = name;
      }
      // meta;
      text = lib.concatLines (
        [ "#!${runtimeShell}" ]
        ++ map (option: "set -o ${option}") bashOptions
        ++ lib.mapAttrsToList (variable: value: "${lib.toShellVar variable value}\nexport ${variable}") runtimeEnv
        ++ lib.optional (
          runtimeInputs != [ ]
        ) ''export PATH="${lib.makeBinPath runtimeInputs}${lib.optionalString inheritPath ":$PATH"}"''
        ++ [
          ""
          text
        ]
      );
      checkPhase =
        if checkPhase != null then checkPhase else "${stdenvNoCC.shell} -n -O extglob $target";
    };
}
