namespace Ferry.Cli.Tests.Completing;

/// <summary>What shells are told of unfinished command lines: stock's protocol, with the answers stock gives.</summary>
public sealed class CommandCompletionTests : IDisposable
{
    private readonly string _folder = Directory
        .CreateTempSubdirectory("ferry-completion-")
        .FullName;

    public CommandCompletionTests()
    {
        Write("dep/flake.nix", "{ outputs = i: { }; }");
        Write(
            "foo/flake.nix",
            $"{{ inputs.a.url = \"path:{_folder}/dep\"; outputs = i: {{ sampleOutput.\"x.y\" = 1; }}; }}"
        );
        Write(
            "bar/flake.nix",
            $"{{ inputs.b.url = \"path:{_folder}/dep\"; outputs = i: {{ packages.x86_64-linux.thing = 1; }}; }}"
        );
        Write("err/flake.nix", "throw \"error\"");
        Write(".hidden/flake.nix", "{ }");
        Write("fable.txt", "");
    }

    [Theory]
    [InlineData("normal\nbuild\t\n", "buil")]
    [InlineData("normal\nmetadata\t\n", "flake", "metad")]
    [InlineData("normal\nshow\t\n", "--quiet", "config", "s")]
    [InlineData("normal\n", "nonsense", "")]
    public void Verbs_are_completed_word_by_word(string answer, params string[] words) =>
        Assert.Equal(answer, Answer(words));

    [Theory]
    [InlineData("filenames\n./foo\t\n", "build", "./f")]
    [InlineData("filenames\n", "build", "./nonexistent")]
    [InlineData("filenames\nfable.txt\t\nfoo\t\n", "store", "add", "f")]
    [InlineData("filenames\nfable.txt\t\nfoo\t\n", "eval", "--file", "f")]
    [InlineData("filenames\nbar\t\n", "build", "b")]
    public void Files_are_completed_where_files_stand(string answer, params string[] words) =>
        Assert.Equal(answer, Answer(words));

    [Theory]
    [InlineData("normal\na\t\n", 4, "build", "./foo", "--override-input", "")]
    [InlineData("normal\na\t\n", 5, "flake", "show", "./foo", "--override-input", "")]
    [InlineData("normal\na\t\n", 5, "flake", "update", "--flake", "./foo", "")]
    [InlineData("normal\na\t\nb\t\n", 5, "build", "./foo", "./bar", "--override-input", "")]
    [InlineData("normal\na\t\n", 4, "build", "~/foo", "--override-input", "")]
    [InlineData("normal\na\t\n", 3, "build", "--override-input", "", "", "./foo")]
    [InlineData("normal\na\t\nb\t\n", 4, "build", "./foo", "--override-input", "", "", "./bar")]
    public void Inputs_are_those_of_the_flakes_on_the_line(
        string answer,
        int position,
        params string[] words
    ) => Assert.Equal(answer, Answer(position, words));

    [Theory]
    [InlineData("attrs\n./foo#sampleOutput\t\n", "eval", "./foo#sam")]
    [InlineData("attrs\n./foo#sampleOutput.\"x.y\"\t\n", "eval", "./foo#sampleOutput.")]
    [InlineData("attrs\n./bar#packages\t\n./bar#thing\t\n", "build", "./bar#")]
    [InlineData("attrs\noutputs\t\n", "eval", "--file", "./foo/flake.nix", "outp")]
    [InlineData("attrs\nb.c\t\n", "eval", "--expr", "{ a = 1; b.c = 2; }", "b.")]
    [InlineData("attrs\n", "eval", "--file", "./err/flake.nix", "outp")]
    [InlineData("attrs\n", "eval", "./err#")]
    public void Attributes_are_those_of_the_value(string answer, params string[] words) =>
        Assert.Equal(answer, Answer(words));

    [Fact]
    public void Options_and_settings_come_with_what_they_mean()
    {
        Assert.Contains(
            "--log-format\tbar, ",
            Answer("build", "--log-form"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "normal\nallow-import-from-derivation\t\n",
            Answer("build", "--option", "allow-import-from")
        );
        Assert.Contains("--substitute\t", Answer("build", "--subst"), StringComparison.Ordinal);
    }

    [Fact]
    public void Completion_writes_no_lock_file()
    {
        Answer("build", "./foo#");

        Assert.False(File.Exists(Path.Combine(_folder, "foo", "flake.lock")));
    }

    [Fact]
    public void Scripts_for_shells_are_installed()
    {
        var prefix = Path.Combine(_folder, "prefix");

        Assert.Equal(0, FerryProgram.Run("install", "--prefix", prefix).ExitCode);
        foreach (
            var script in (string[])
                [
                    "bash-completion/completions/ferry",
                    "bash-completion/completions/nix",
                    "zsh/site-functions/_ferry",
                    "fish/vendor_completions.d/ferry.fish",
                ]
        )
            Assert.Contains(
                "NIX_GET_COMPLETIONS",
                File.ReadAllText(Path.Combine(prefix, "share", script)),
                StringComparison.Ordinal
            );
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Answer(params string[] words) => Answer(words.Length, words);

    private string Answer(int position, params string[] words)
    {
        var outcome = FerryProgram.Run(
            new RunOptions
            {
                WorkingDirectory = _folder,
                Environment = new Dictionary<string, string>
                {
                    ["NIX_GET_COMPLETIONS"] = $"{position}",
                    ["HOME"] = _folder,
                    ["NIX_CONFIG"] =
                        $"flake-registry =\nstore = {_folder}/store\nsystem = x86_64-linux",
                },
            },
            words
        );
        Assert.Equal(0, outcome.ExitCode);
        Assert.Empty(outcome.Error);
        return outcome.Output;
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
