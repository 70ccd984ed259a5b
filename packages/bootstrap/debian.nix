# The two primitives that turn pinned Debian packages into store paths. Both are builtin builders of Ferry
# (src/Ferry.Debian), so no program of the host takes part and the same derivations arise on every machine.
let
  inherit (builtins) fromJSON readFile;

  roots = fromJSON (readFile ./roots.json);
  architectures = fromJSON (readFile ./architectures.json);

  locks = builtins.mapAttrs (
    _: architecture: (fromJSON (readFile (./lock + "/${architecture.debian}.json"))).packages
  ) architectures;

  architectureOf =
    system:
    let
      known = builtins.concatStringsSep ", " (builtins.attrNames architectures);
    in
    architectures.${system}
      or (throw "the bootstrap has no Debian packages for the system '${system}'; it knows ${known}");

  pinOf =
    system: package:
    locks.${system}.${package} or (throw (
      "the Debian package '${package}' is not pinned for ${(architectureOf system).debian}; "
      + "add it to packages/bootstrap/roots.json and run 'ferry packages refresh'"
    ));

  # Debian's versions may hold characters that store names may not.
  storeName =
    filename: builtins.replaceStrings [ "~" ":" "%" ] [ "-" "-" "-" ] (baseNameOf filename);
in
rec {
  inherit architectures architectureOf pinOf;

  # One .deb, by the name of its package. Its store path depends on name and hash alone.
  fetch =
    system: package:
    let
      pin = pinOf system package;
    in
    derivation {
      name = storeName pin.filename;
      system = "builtin";
      builder = "builtin:debian-fetch";
      outputHashMode = "flat";
      outputHashAlgo = "sha256";
      outputHash = pin.sha256;
      inherit package;
      inherit (pin) version filename;
      size = toString pin.size;
      architecture = pin.architecture or (architectureOf system).debian;
      inherit (roots) suite component;
      preferLocalBuild = true;
    };

  # Names of packages and all that they depend on, without those that another prefix provides.
  closure =
    system: names: without:
    map (item: item.key) (
      builtins.genericClosure {
        startSet = map (key: { inherit key; }) names;
        operator =
          item:
          map (key: { inherit key; }) (
            builtins.filter (name: !builtins.elem name without) (pinOf system item.key).depends
          );
      }
    );

  # Debian's version without epoch, packaging suffix and revision: "2:6.3.0+dfsg-3" is 6.3.0.
  upstreamVersion =
    system: package:
    let
      parts = builtins.match "([0-9]+:)?([0-9][0-9a-zA-Z.]*).*" (pinOf system package).version;
    in
    builtins.elemAt parts 1;

  # Packages unpacked over each other into one relocated tree without usr/. Paths in the arguments are those of the
  # result. docs/formats/debian-prefix.md describes every field.
  prefix =
    {
      name,
      system,
      packages,
      include ? [ ],
      exclude ? [ ],
      # Wins over exclude.
      keep ? [ ],
      # Of directories: { from = "lib/x86_64-linux-gnu"; to = "lib"; }
      moves ? [ ],
      # Extra symbolic links: name to target.
      links ? { },
      # For programs and libraries of one system: { system, interpreter, runPath }.
      relocations ? [ ],
      # Prefixes where the target of a link, or a file named by a linker script, lies when this one lacks it.
      companions ? [ ],
      # Directories where the interpreters of scripts are looked up.
      interpreters ? [ ],
      # Programs that need variables: { "bin/perl" = { PERL5LIB = "…"; }; }
      wrappers ? { },
      passthru ? { },
    }:
    derivation {
      inherit name;
      system = "builtin";
      builder = "builtin:debian-prefix";
      specification = builtins.toJSON {
        packages = map (fetch system) packages;
        inherit
          include
          keep
          links
          relocations
          companions
          interpreters
          wrappers
          ;
        moves =
          moves
          ++ (
            let
              inherit (architectureOf system) multiarch;
            in
            [
              {
                from = "lib/${multiarch}";
                to = "lib";
              }
              {
                from = "include/${multiarch}";
                to = "include";
              }
              {
                from = "lib64";
                to = "lib";
              }
              {
                from = "sbin";
                to = "bin";
              }
            ]
          );
        exclude = exclude ++ [
          "etc/**"
          "share/doc/**"
          "share/doc-base/**"
          "share/info/**"
          "share/lintian/**"
          "share/locale/**"
          "share/man/**"
          "share/bug/**"
          "share/menu/**"
          "share/gdb/**"
          "var/**"
        ];
      };
      preferLocalBuild = true;
    }
    // passthru;
}
