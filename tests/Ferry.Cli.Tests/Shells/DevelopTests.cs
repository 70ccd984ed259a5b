using System.Text.Json;

namespace Ferry.Cli.Tests.Shells;

public sealed class DevelopTests(ShellPlace place) : IClassFixture<ShellPlace>
{
    private const string Flake = "path:.";

    [Fact]
    public void A_command_runs_with_the_variables_programs_and_outputs_of_the_build()
    {
        var output = Develop(
            "echo \"$FROM_SETUP $variable\"; greet you; echo $out $dev; echo \"$IN_NIX_SHELL $name\""
        );
        Assert.Equal(
            "hooked\nset of the \"derivation\"\nin two lines\nhello you\n"
                + $"{place.Folder}/outputs/out {place.Folder}/outputs/dev\nimpure package-env\n",
            output
        );
    }

    [Fact]
    public void Standard_input_is_the_commands()
    {
        var options = new RunOptions { Input = "for cat\n" };
        var outcome = place.Run(options, "develop", Flake, "-c", "cat").Succeeded();
        Assert.Equal("hooked\nfor cat\n", outcome.Output);
    }

    [Fact]
    public void The_shell_is_bash_of_the_flakes_nixpkgs()
    {
        var options = new RunOptions { Input = "echo $SHELL; echo $KEPT\n" };
        var outcome = place
            .Run(options, "develop", Flake, "--ignore-env", "-s", "KEPT", "yes")
            .Succeeded();
        Assert.Matches("^/nix/store/[0-9a-z]{32}-bash/bin/bash\nyes\n$", outcome.Output);
    }

    [Fact]
    public void Without_nixpkgs_the_shell_is_the_hosts_which_is_said()
    {
        var options = new RunOptions { Input = "echo $SHELL\n" };
        var outcome = place.Run(options, "develop", "-f", "packages.nix", "package").Succeeded();
        Assert.Equal("bash\n", outcome.Output);
        Assert.Contains("using bash from your environment", outcome.Error);
    }

    [Fact]
    public void A_phase_runs_where_the_flake_is()
    {
        var elsewhere = new RunOptions { WorkingDirectory = place.Scratch };
        var outcome = place
            .Run(elsewhere, "develop", $"path:{place.Folder}", "--build")
            .Succeeded();
        Assert.Equal($"hooked\nbuilding package-env in {place.Folder}\n", outcome.Output);
        Assert.Contains(
            "you cannot use both '--command' and '--phase'",
            place.Run("develop", Flake, "--phase", "build", "-c", "true").Failed().Error
        );
    }

    [Fact]
    public void Nothing_of_the_command_is_left_in_the_temporary_folder()
    {
        var scratch = Directory.CreateDirectory(Path.Combine(place.Scratch, "own")).FullName;
        var options = new RunOptions
        {
            Environment = new Dictionary<string, string> { ["TMPDIR"] = scratch },
        };
        place.Run(options, "develop", Flake, "-c", "true").Succeeded();
        Assert.DoesNotContain(
            Directory.GetFileSystemEntries(scratch),
            entry => Path.GetFileName(entry).StartsWith("nix-develop")
        );
    }

    [Fact]
    public void Structured_attributes_come_as_arrays_and_as_files()
    {
        var outcome = place
            .Run(
                "develop",
                $"{Flake}#structured",
                "-c",
                "bash",
                "-c",
                "grep -c words $NIX_ATTRS_SH_FILE; grep -o '\"b c\"' $NIX_ATTRS_JSON_FILE"
            )
            .Succeeded();
        Assert.Equal("1\n\"b c\"\n", outcome.Output);
    }

    [Fact]
    public void An_environment_is_printed_as_JSON_with_types()
    {
        var text = place.Run("print-dev-env", Flake, "--json").Succeeded().Output;
        using var json = JsonDocument.Parse(text);
        var variables = json.RootElement.GetProperty("variables");
        Assert.Equal("exported", Member(variables, "variable").GetProperty("type").GetString());
        Assert.Equal("array", Member(variables, "list").GetProperty("type").GetString());
        Assert.Equal("4\n5", Value(variables, "list")[2].GetString());
        Assert.Equal("a 'quote'", Value(variables, "pairs").GetProperty("other").GetString());
        Assert.False(variables.TryGetProperty("PWD", out _));
        Assert.DoesNotContain("__ferry", text);
        Assert.Contains(
            "echo \"$1$1\"",
            json.RootElement.GetProperty("bashFunctions").GetProperty("twice").GetString()
        );
    }

    [Fact]
    public void A_printed_environment_makes_another_bash_the_builds()
    {
        var code = place.Run("print-dev-env", Flake).Succeeded().Output;
        var options = new RunOptions
        {
            Program = "/bin/bash",
            Input = code + "\ntwice ab; echo \"${list[1]} ${pairs[other]} $HOOKED\"\n",
        };
        var outcome = FerryProgram.Run(options, "--norc").Succeeded();
        Assert.Equal("hooked\nabab\n2 3 a 'quote' 1\n", outcome.Output);
    }

    [Fact]
    public void A_profile_keeps_the_environment_which_can_be_entered_again()
    {
        var profile = Path.Combine(place.Folder, "profile");
        place.Run("print-dev-env", Flake, "--profile", profile).Succeeded();
        Assert.Equal("profile-1-link", new FileInfo(profile).LinkTarget);
        var outcome = place.Run("develop", profile, "-c", "greet").Succeeded();
        Assert.Equal("hooked\nhello\n", outcome.Output);
    }

    [Fact]
    public void A_redirected_package_is_looked_for_elsewhere()
    {
        var outcome = place
            .Run("print-dev-env", Flake, "--redirect", $"{Flake}#greet", "work")
            .Succeeded();
        Assert.Contains($"buildInputs='{place.Folder}/work'", outcome.Output);
        Assert.Contains("redirecting '/nix/store/", outcome.Error);
    }

    [Theory]
    [InlineData("--keep-env-var does not make sense without --ignore-env", "-k", "A")]
    [InlineData("--unset-env-var does not make sense with --ignore-env", "-i", "-u", "A")]
    [InlineData(
        "Duplicate definition of environment variable 'A' with '--set-env-var' is ambiguous",
        "-s",
        "A",
        "1",
        "-s",
        "A",
        "2"
    )]
    [InlineData(
        "Cannot unset environment variable 'A' that is set with '--set-env-var'",
        "-s",
        "A",
        "1",
        "-u",
        "A"
    )]
    [InlineData("--command requires at least one argument", "-c")]
    public void Options_that_contradict_each_other_are_refused(
        string message,
        params string[] options
    ) => Assert.Contains(message, place.Run(["develop", Flake, .. options]).Failed().Error);

    [Fact]
    public void A_builder_that_is_not_bash_has_no_environment()
    {
        const string plain =
            "derivation { name = \"x\"; system = builtins.currentSystem; builder = \"/bin/sh\"; }";
        Assert.Contains(
            "only works on derivations that use 'bash' as their builder",
            place.Run("develop", "--impure", "--expr", plain).Failed().Error
        );
    }

    private string Develop(string code) =>
        place.Run("develop", Flake, "-c", "bash", "-c", code).Succeeded().Output;

    private static JsonElement Member(JsonElement members, string name) =>
        members.GetProperty(name);

    private static JsonElement Value(JsonElement members, string name) =>
        Member(members, name).GetProperty("value");
}
