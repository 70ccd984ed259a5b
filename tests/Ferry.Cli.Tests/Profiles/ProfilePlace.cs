using Ferry.Store.Tests;

namespace Ferry.Cli.Tests.Profiles;

/// <summary>A folder with a store, a home and flakes, for Ferry and for stock in turn: paths in it are the same for both.</summary>
internal sealed class ProfilePlace : IDisposable
{
    private const string Settings =
        "experimental-features = nix-command flakes\nflake-registry =\nsubstituters =\nsandbox = true\nbuild-users-group =\n";

    public string Root { get; } = Directory.CreateTempSubdirectory("ferry-profiles-").FullName;

    public string Home => Path.Combine(Root, "home");

    public string Profile => Path.Combine(Home, ".nix-profile");

    /// <summary>Takes away everything but the files that a test wrote.</summary>
    public void Empty()
    {
        foreach (var name in (string[])["home", "store", "var", "log"])
        {
            var folder = Path.Combine(Root, name);
            if (Directory.Exists(folder))
                StoreFolder.Remove(folder);
        }

        Directory.CreateDirectory(Home);
    }

    public void Write(string name, string text)
    {
        var file = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        // Locks name these times.
        var time = new DateTime(2024, 5, 5, 5, 5, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, time);
        Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(file)!, time);
    }

    /// <summary>A flake with one package that has one file.</summary>
    public string WriteFlake(string name, string version, string file = "bin-hello")
    {
        Write(
            $"{name}/flake.nix",
            $$$"""
            {
              outputs = { self }: {
                packages.x86_64-linux.default = derivation {
                  name = "hello-{{{version}}}";
                  system = "x86_64-linux";
                  builder = "builtin:buildenv";
                  derivations = "true 5 1 ${builtins.path { path = ./files; name = "files-{{{name}}}"; }}";
                  manifest = "/";
                };
              };
            }
            """
        );
        Write($"{name}/files/{file}", $"{name} {version}\n");
        return $"path:{Path.Combine(Root, name)}";
    }

    public Outcome Ferry(string command, params string[] arguments) =>
        Ferry(command, new RunOptions(), arguments);

    public Outcome Ferry(string command, RunOptions options, params string[] arguments) =>
        FerryProgram.Run(
            options with
            {
                WorkingDirectory = Root,
                Environment = Environment(),
            },
            [.. command.Split(' '), .. arguments]
        );

    /// <summary>Both streams one after the other.</summary>
    public string Stock(string command, params string[] arguments)
    {
        var (_, output, errors) = StockNix.TryRun([
            "env",
            .. Environment().Select(pair => $"{pair.Key}={pair.Value}"),
            .. command.Split(' '),
            .. arguments,
        ]);
        return output + errors;
    }

    /// <summary>Runs a command of stock's; without <c>nix</c> before new ones. Both streams one after the other.</summary>
    public string FerryWords(IReadOnlyList<string> words)
    {
        var outcome = Ferry(words[0], [.. words.Skip(1)]);
        return outcome.Output + outcome.Error + (outcome.Error.Length > 0 ? "\n" : "");
    }

    public string StockWords(IReadOnlyList<string> words) => Stock(words[0], [.. words.Skip(1)]);

    /// <summary>Skips a test where stock cannot be asked.</summary>
    public void RequireStock()
    {
        StockNix.Require("2.34");
        Assert.SkipUnless(
            StockNix.TryRun("test", "-d", Root).ExitCode == 0,
            $"stock Nix does not see '{Root}'; share the folder of temporary files with its chroot"
        );
    }

    public void Dispose() => StoreFolder.Remove(Root);

    private Dictionary<string, string> Environment() =>
        new()
        {
            ["HOME"] = Home,
            ["XDG_CACHE_HOME"] = Path.Combine(Home, ".cache"),
            ["XDG_STATE_HOME"] = Path.Combine(Home, ".local", "state"),
            ["NIX_STORE_DIR"] = Path.Combine(Root, "store"),
            ["NIX_STATE_DIR"] = Path.Combine(Root, "var"),
            ["NIX_LOG_DIR"] = Path.Combine(Root, "log"),
            ["NIX_CONF_DIR"] = "/nonexistent",
            ["NIX_CONFIG"] = Settings,
            ["TERM"] = "dumb",
        };
}
