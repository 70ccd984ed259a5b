namespace Ferry.Cli.Tests.Shells;

/// <summary>A folder with packages that are built by the host's bash, and a store.</summary>
public sealed class ShellPlace : IDisposable
{
    // The smallest standard environment that shells of builds can do something with.
    private const string Packages = """
        { inNixShell ? false, greeting ? "hello" }:
        let
          system = builtins.currentSystem or "x86_64-linux";
          make = arguments: derivation ({
            inherit system;
            builder = "/usr/bin/bash";
            args = [ "-c" "if [ -e \"$NIX_ATTRS_SH_FILE\" ]; then source \"$NIX_ATTRS_SH_FILE\"; fi; eval \"$script\"" ];
            PATH = "/usr/bin:/bin";
          } // arguments);
          setup = builtins.toFile "setup" ''
            export FROM_SETUP=set
            for input in $buildInputs; do export PATH=$PATH:$input/bin; done
            declare -a list=(1 "2 3" $'4\n5')
            declare -A pairs=([key]=value [other]="a 'quote'")
            twice() { echo "$1$1"; }
            runHook() { if [ -n "''${!1-}" ]; then eval "''${!1}"; elif declare -F "$1" >/dev/null; then "$1"; fi; }
            buildPhase() { echo "building $name in $PWD"; }
          '';
          program = name: text: make {
            inherit name;
            script = "mkdir -p $out/bin; printf '#!/bin/sh\necho ${text} $*\n' > $out/bin/${name}; chmod +x $out/bin/${name}";
          };
        in rec {
          stdenv = make { name = "stdenv"; script = "mkdir $out; ln -s ${setup} $out/setup"; };
          greet = program "greet" greeting;
          other = program "other" "other";
          bashInteractive = make { name = "bash"; script = "mkdir -p $out/bin; ln -s /usr/bin/bash $out/bin/bash"; };
          bringing = make {
            name = "bringing";
            script = "mkdir -p $out/nix-support; echo ${greet} > $out/nix-support/propagated-user-env-packages";
          };
          package = make {
            name = "package";
            inherit stdenv;
            outputs = [ "out" "dev" ];
            buildInputs = [ greet ];
            variable = "of the \"derivation\"\nin two lines";
            nixShell = if inNixShell then "yes" else "no";
            shellHook = "echo hooked; HOOKED=1";
            disallowedReferences = [ "out" ];
          };
          structured = make {
            name = "structured";
            __structuredAttrs = true;
            inherit stdenv;
            outputs = [ "out" "dev" ];
            words = [ "a" "b c" ];
          };
          asFile = make { name = "asFile"; inherit stdenv; passAsFile = [ "text" ]; text = "in a file"; };
          runCommand = name: arguments: script: make (arguments // { inherit name script stdenv; });
          pkgs = { inherit runCommand; };
        }
        """;

    private const string Settings =
        "experimental-features = nix-command flakes\nsandbox-paths = /bin? /lib? /lib64? /usr?\nflake-registry =\n";

    private readonly string _top = Directory.CreateTempSubdirectory("ferry-shells-").FullName;

    public ShellPlace()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "packages.nix"), Packages);
        File.WriteAllText(
            Path.Combine(Folder, "flake.nix"),
            """
            {
              inputs.nixpkgs.url = "path:./nixpkgs";
              outputs = { self, nixpkgs }: {
                devShells.x86_64-linux.default = (import ./packages.nix { }).package;
                packages.x86_64-linux = import ./packages.nix { };
              };
            }
            """
        );
        var nixpkgs = Directory.CreateDirectory(Path.Combine(Folder, "nixpkgs")).FullName;
        File.WriteAllText(
            Path.Combine(nixpkgs, "flake.nix"),
            "{ outputs = { self }: { legacyPackages.x86_64-linux = import ./packages.nix { }; }; }"
        );
        File.WriteAllText(Path.Combine(nixpkgs, "packages.nix"), Packages);
        Directory.CreateDirectory(Scratch);
    }

    /// <summary>Where commands run: a flake.</summary>
    public string Folder => Path.Combine(_top, "flake");

    public string Store => Path.Combine(_top, "root");

    /// <summary>Where shells make their temporary folders.</summary>
    public string Scratch => Path.Combine(_top, "scratch");

    internal Outcome Run(params string[] arguments) => Run(new RunOptions(), arguments);

    internal Outcome Run(RunOptions options, params string[] arguments) =>
        FerryProgram.Run(
            options with
            {
                WorkingDirectory = options.WorkingDirectory ?? Folder,
                Environment = new Dictionary<string, string>(Variables()) { ["TMPDIR"] = Scratch }
                    .Concat(options.Environment)
                    .GroupBy(pair => pair.Key, StringComparer.Ordinal)
                    .ToDictionary(group => group.Key, group => group.Last().Value),
            },
            arguments
        );

    public void Dispose() => StoreFolder.Remove(_top);

    private Dictionary<string, string> Variables() =>
        new(StringComparer.Ordinal)
        {
            ["HOME"] = Folder,
            ["NIX_CONFIG"] = Settings,
            ["NIX_REMOTE"] = Store,
            ["NIX_PATH"] = $"nixpkgs={Folder}/packages.nix",
            ["SHELL"] = "/bin/sh",
        };
}
