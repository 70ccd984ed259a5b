namespace Ferry.Cli.Tests.Flakes;

/// <summary>A flake in a repository, with a store and a cache of its own.</summary>
internal sealed class CachedFlake : IDisposable
{
    private const string HitNote = "using an earlier result of evaluation";

    public CachedFlake(string outputs)
    {
        Directory.CreateDirectory(Folder);
        WriteOutputs(outputs);
        Write("data", "one");
        Write("other", "one");
        FlakePlace.Git(Folder, "init", "--quiet", "--initial-branch", "main");
        Commit();
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("ferry-cached-").FullName;

    public string Folder => Path.Combine(Root, "flake");

    public string CacheFolder => Path.Combine(Root, "home", ".cache", "ferry", "evaluations");

    public Dictionary<string, string> Variables { get; } = [];

    public void WriteOutputs(string outputs, string inputs = "") =>
        Write("flake.nix", $"{{ {inputs} outputs = {{ self, ... }}: {{ {outputs} }}; }}");

    /// <summary>Writes a file that looks as if it had been there for long, so that its time alone can tell that it changed.</summary>
    public void Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        File.SetLastWriteTimeUtc(file, new DateTime(2024, 5, 5, 5, 5, 5, DateTimeKind.Utc));
    }

    public void Commit()
    {
        FlakePlace.Git(Folder, "add", "--all");
        FlakePlace.Git(Folder, "commit", "--quiet", "--message", "all");
    }

    /// <summary>Runs a command that must succeed.</summary>
    /// <returns>What it printed, and whether that was remembered.</returns>
    public (string Text, bool IsHit) Run(params string[] arguments)
    {
        var outcome = Call(arguments).Succeeded();
        return (outcome.Output.Trim(), outcome.Error.Contains(HitNote));
    }

    public Outcome Call(params string[] arguments) =>
        FerryProgram.Run(
            new RunOptions { WorkingDirectory = Folder, Environment = Environment() },
            [.. arguments, "--debug", "--store", Path.Combine(Root, "store")]
        );

    /// <summary>The command evaluates, since something has changed, and says this.</summary>
    public void Evaluates(string expected, params string[] arguments) =>
        Assert.Equal((expected, false), Run(arguments));

    /// <summary>The command says this without evaluating.</summary>
    public void Remembers(string expected, params string[] arguments) =>
        Assert.Equal((expected, true), Run(arguments));

    public void Dispose() => StoreFolder.Remove(Root);

    private Dictionary<string, string> Environment() =>
        new(Variables)
        {
            ["HOME"] = Path.Combine(Root, "home"),
            ["XDG_CACHE_HOME"] = Path.Combine(Root, "home", ".cache"),
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_SYSTEM"] = "/dev/null",
            ["NIX_CONFIG"] = "flake-registry =",
        };
}
