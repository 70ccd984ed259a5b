# Small derivations: a command, a text, links.
{ lib, self }:
let
  inherit (self) stdenv stdenvNoCC;

  runCommandWith =
    {
      name,
      stdenv ? stdenvNoCC,
      runLocal ? false,
      derivationArgs ? { },
    }:
    buildCommand:
    stdenv.mkDerivation (
      {
        enableParallelBuilding = true;
        inherit buildCommand;
        passAsFile = [ "buildCommand" ] ++ derivationArgs.passAsFile or [ ];
      }
      // lib.optionalAttrs (!derivationArgs ? meta) { pos = builtins.unsafeGetAttrPos "name" { inherit name; }; }
      // lib.optionalAttrs runLocal {
        preferLocalBuild = true;
        allowSubstitutes = false;
      }
      // removeAttrs derivationArgs [ "passAsFile" ]
      // {
        # As given: a text is the same for every platform.
        inherit name;
      }
    );

  # Where in a set the names of a list of packages are; `paths` may hold null.
  present = lib.filter (path: path != null);
in
rec {
  inherit runCommandWith;

  # runCommand NAME ENVIRONMENT COMMANDS
  runCommand = name: environment: runCommandWith {
    inherit name;
    stdenv = stdenvNoCC;
    derivationArgs = environment;
  };
  runCommandNoCC = runCommand;
  runCommandLocal = name: environment: runCommandWith {
    inherit name;
    stdenv = stdenvNoCC;
    runLocal = true;
    derivationArgs = environment;
  };
  runCommandCC = name: environment: runCommandWith {
    inherit name stdenv;
    derivationArgs = environment;
  };

  # One tree of links out of several packages; later ones do not override earlier ones.
  symlinkJoin =
    arguments@{
      name ? "${arguments.pname}-${arguments.version}",
      paths,
      stripPrefix ? "",
      preferLocalBuild ? true,
      allowSubstitutes ? false,
      postBuild ? "",
      failOnMissing ? stripPrefix == "",
      ...
    }:
    runCommandWith
      {
        inherit name;
        derivationArgs =
          removeAttrs arguments [
            "name"
            "postBuild"
            "stripPrefix"
            "paths"
            "failOnMissing"
          ]
          // {
            inherit preferLocalBuild allowSubstitutes;
            paths = map (path: "${path}${stripPrefix}") (present paths);
            passAsFile = [ "paths" ];
          };
      }
      ''
        mkdir -p "$out"
        for path in $(<"$pathsPath"); do
          ${lib.optionalString (!failOnMissing) "if [[ ! -d $path ]]; then continue; fi"}
          cp -rsn --no-preserve=mode "$path/." "$out/"
          find "$out" -type d -exec chmod u+w {} +
        done
        ${postBuild}
      '';

  # linkFarm NAME { "bin/x" = path; } or [{ name; path; }]
  linkFarm =
    name: entries:
    let
      set =
        if builtins.isList entries then
          lib.listToAttrs (map (entry: lib.nameValuePair entry.name entry.path) entries)
        else
          entries;
    in
    runCommandLocal name { passthru.entries = set; } ''
      mkdir -p "$out"
      cd "$out"
      ${lib.concatStrings (
        lib.mapAttrsToList (place: path: ''
          mkdir -p "$(dirname ${lib.escapeShellArg place})"
          ln -s ${lib.escapeShellArg "${path}"} ${lib.escapeShellArg place}
        '') set
      )}
    '';
  linkFarmFromDrvs =
    name: packages:
    linkFarm name (
      map (package: {
        inherit (package) name;
        path = package;
      }) packages
    );

  # The files, one after the other.
  concatTextFile =
    {
      name,
      files,
      executable ? false,
      destination ? "",
    }:
    runCommandLocal name { inherit files executable destination; } ''
      file=$out$destination
      mkdir -p "$(dirname "$file")"
      cat $files >"$file"
      ${lib.optionalString executable "chmod +x \"$file\""}
    '';
  concatText = name: files: concatTextFile { inherit name files; };
  concatScript =
    name: files:
    concatTextFile {
      inherit name files;
      executable = true;
    };

  # srcOnly PACKAGE: its source, unpacked and patched.
  srcOnly =
    package:
    package.overrideAttrs (_previous: {
      name = "${package.name}-source";
      phases = [
        "unpackPhase"
        "patchPhase"
        "installPhase"
      ];
      outputs = [ "out" ];
      separateDebugInfo = false;
      dontUnpack = false;
      dontInstall = false;
      installPhase = "cp -pr --reflink=auto -- . $out";
    });

  emptyFile = runCommandLocal "empty-file" { } "touch $out";
  emptyDirectory = runCommandLocal "empty-directory" { } "mkdir $out";
}
