namespace Ferry.Cli.Tests.Shells;

public sealed class NixShellTests(ShellPlace place) : IClassFixture<ShellPlace>
{
    private const string Show = "echo \"$FROM_SETUP - $variable - $nixShell - $IN_NIX_SHELL - $A\"";

    private static readonly RunOptions s_person = new()
    {
        Environment = new Dictionary<string, string> { ["A"] = "mine", ["B"] = "kept" },
    };

    [Fact]
    public void Code_runs_with_the_variables_and_programs_of_a_derivation()
    {
        var outcome = Shell("packages.nix", "-A", "package", "--run", Show + "; greet you")
            .Succeeded();
        Assert.Equal(
            "hooked\nset - of the \"derivation\"\nin two lines - yes - impure - mine\nhello you\n",
            outcome.Output
        );
    }

    [Fact]
    public void A_pure_shell_keeps_what_it_is_told_to()
    {
        var outcome = Shell(
                "--pure",
                "--keep",
                "B",
                "packages.nix",
                "-A",
                "package",
                "--command",
                Show + "; echo $B"
            )
            .Succeeded();
        Assert.EndsWith("in two lines - yes - pure - \nkept\n", outcome.Output);
    }

    [Fact]
    public void Packages_come_from_nixpkgs_with_arguments()
    {
        Assert.Equal(
            "hello\nother\n",
            Shell("-p", "greet", "other", "--run", "greet; other").Output
        );
        Assert.Equal(
            "hi\n",
            Shell("-p", "greet", "--argstr", "greeting", "hi", "--run", "greet").Succeeded().Output
        );
    }

    [Fact]
    public void Without_nixpkgs_packages_are_refused_with_a_way_out()
    {
        var options = new RunOptions
        {
            Environment = new Dictionary<string, string> { ["NIX_PATH"] = "" },
        };
        var error = place.Run(options, "nix-shell", "-p", "greet").Failed().Error;
        Assert.Contains("-I nixpkgs=PATH", error);
        Assert.Contains("ferry shell packages#NAME", error);
    }

    [Fact]
    public void A_derivation_of_the_store_is_taken_as_it_is()
    {
        var derivation = place
            .Run("nix-instantiate", "packages.nix", "-A", "package")
            .Succeeded()
            .Output.Trim();
        Assert.Contains(" - no - ", Shell(derivation, "--run", Show).Succeeded().Output);
        Assert.Contains(" - no - ", Shell($"{derivation}!dev", "--run", Show).Succeeded().Output);
    }

    [Fact]
    public void A_folder_has_a_shell_file_or_a_default()
    {
        var folder = Directory.CreateDirectory(Path.Combine(place.Folder, "lookup")).FullName;
        Assert.Contains(
            "neither 'shell.nix' nor 'default.nix' found in '",
            Shell("lookup").Failed().Error
        );
        var inside = s_person with { WorkingDirectory = folder };
        Assert.Contains(
            "no argument specified and no 'shell.nix' or 'default.nix'",
            place.Run(inside, "nix-shell").Failed().Error
        );
        File.WriteAllText(Path.Combine(folder, "default.nix"), "abort \"the default\"");
        Assert.Contains("the default", Shell("lookup").Failed().Error);
        File.WriteAllText(
            Path.Combine(folder, "shell.nix"),
            "(import ../packages.nix { }).package"
        );
        Assert.Equal(
            "hooked\nin\n",
            place.Run(inside, "nix-shell", "--run", "echo in").Succeeded().Output
        );
        var outcome = Shell("lookup", "--option", "nix-shell-always-looks-for-shell-nix", "false");
        Assert.Contains("This is a deprecated behavior.", outcome.Failed().Error);
    }

    [Fact]
    public void Attributes_come_as_files_and_as_arrays_where_they_should()
    {
        Assert.Equal(
            "in a file",
            Shell("packages.nix", "-A", "asFile", "--run", "cat $textPath").Succeeded().Output
        );
        Assert.Equal(
            "b c\n1\n",
            Shell(
                    "packages.nix",
                    "-A",
                    "structured",
                    "--run",
                    "echo \"${words[1]}\"; grep -c '\"b c\"' $NIX_ATTRS_JSON_FILE"
                )
                .Succeeded()
                .Output
        );
    }

    [Fact]
    public void The_temporary_folder_goes_with_the_shell()
    {
        var scratch = Directory.CreateDirectory(Path.Combine(place.Scratch, "shell")).FullName;
        var options = new RunOptions
        {
            Environment = new Dictionary<string, string> { ["TMPDIR"] = scratch },
        };
        var outcome = place
            .Run(
                options,
                "nix-shell",
                "packages.nix",
                "-A",
                "package",
                "--run",
                "echo $NIX_BUILD_TOP"
            )
            .Succeeded();
        Assert.StartsWith(scratch, outcome.Output.Split('\n')[1]);
        Assert.Empty(Directory.GetDirectories(scratch));
    }

    [Fact]
    public void A_script_says_in_its_lines_what_it_needs()
    {
        var script = Script(
            "script",
            """
            #!/usr/bin/env nix-shell
            #! nix-shell -p greet 'import ./extra.nix' other
            #! nix-shell -i bash
            greet "$@"; other; extra
            """
        );
        File.WriteAllText(
            Path.Combine(place.Folder, "scripts", "extra.nix"),
            "(import <nixpkgs> { }).runCommand \"extra\" { } \"mkdir -p $out/bin; "
                + "printf '#!/bin/sh\\necho extra\\n' > $out/bin/extra; chmod +x $out/bin/extra\""
        );
        Assert.Equal(
            "hello a 'b\nother\nextra\n",
            place.Run(s_person, "nix-shell", script, "a", "'b").Succeeded().Output
        );
        Assert.Contains("unrecognised flag '-i'", Shell("-i", "bash").Failed().Error);
    }

    [Fact]
    public void A_script_of_the_new_command_has_quotes_and_comments()
    {
        var script = Script(
            "new",
            """
            #!/usr/bin/env nix
            // a line of another language
            #! nix shell --impure --expr ``
            #! nix   let packages = import ../packages.nix { }; # not a word
            #! nix   in packages.greet ``
            #! nix --command sh
            greet "$@"
            """
        );
        Assert.Equal("hello x y\n", place.Run(s_person, script, "x", "y").Succeeded().Output);
        Assert.Contains(
            "unsupported unquoted character in nix shebang: *. Use double backticks to escape?",
            place.Run(Script("broken", "#!/usr/bin/env nix\n#! nix shell *\n")).Failed().Error
        );
    }

    private Outcome Shell(params string[] arguments) =>
        place.Run(s_person, ["nix-shell", .. arguments]);

    private string Script(string name, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(place.Folder, "scripts")).FullName;
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, text + "\n");
        return file;
    }
}
