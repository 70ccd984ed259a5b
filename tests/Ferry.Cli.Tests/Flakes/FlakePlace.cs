using System.Diagnostics;
using System.Formats.Tar;

namespace Ferry.Cli.Tests.Flakes;

/// <summary>A folder for flakes that both programs can see. What is in it has fixed times, so that hashes and locks are equal.</summary>
internal sealed class FlakePlace : IDisposable
{
    private static readonly DateTime s_time = new(2024, 5, 5, 5, 5, 5, DateTimeKind.Utc);

    // Not in the checkout: the flakes would belong to its repository.
    public string Root { get; } = Directory.CreateTempSubdirectory("ferry-flakes-").FullName;

    public string Files => Path.Combine(Root, "files");

    public void Write(FlakeShape shape)
    {
        if (Directory.Exists(Files))
            Directory.Delete(Files, recursive: true);
        foreach (var (path, text) in shape.Files)
        {
            var file = Path.Combine(Files, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (text.StartsWith("@ARCHIVE:", StringComparison.Ordinal))
                continue;
            File.WriteAllText(file, text.Replace("@ROOT@", Files));
        }

        SetTimes();
        foreach (var (path, text) in shape.Files)
        {
            if (text.StartsWith("@ARCHIVE:", StringComparison.Ordinal))
                TarFile.CreateFromDirectory(
                    Path.Combine(Files, text["@ARCHIVE:".Length..^1]),
                    Path.Combine(Files, path),
                    includeBaseDirectory: true
                );
        }

        foreach (var repository in shape.Repositories)
        {
            var folder = Path.Combine(Files, repository);
            Git(folder, "init", "--quiet", "--initial-branch", "main");
            Git(folder, "add", "--all");
            Git(folder, "commit", "--quiet", "--message", "all");
        }

        SetTimes();
    }

    /// <summary>Times of modification are part of what locks say of folders.</summary>
    public void SetTimes()
    {
        foreach (
            var entry in Directory.EnumerateFileSystemEntries(
                Files,
                "*",
                SearchOption.AllDirectories
            )
        )
        {
            if (!entry.Contains("/.git/", StringComparison.Ordinal))
                File.SetLastWriteTimeUtc(entry, s_time);
        }

        Directory.SetLastWriteTimeUtc(Files, s_time);
    }

    public Outcome Ferry(params string[] arguments) =>
        FerryProgram.Run(
            new RunOptions { WorkingDirectory = Root, Environment = Environment("ferry") },
            [.. arguments, "--store", Path.Combine(Root, "store")]
        );

    public Dictionary<string, string> Environment(string who)
    {
        var home = Path.Combine(Root, "home-" + who);
        Directory.CreateDirectory(home);
        return new()
        {
            ["HOME"] = home,
            ["XDG_CACHE_HOME"] = Path.Combine(home, ".cache"),
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_SYSTEM"] = "/dev/null",
            ["NIX_CONFIG"] = "experimental-features = nix-command flakes\nflake-registry =",
        };
    }

    public static string Git(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", folder, .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var role in new[] { "AUTHOR", "COMMITTER" })
        {
            start.Environment[$"GIT_{role}_NAME"] = "Somebody";
            start.Environment[$"GIT_{role}_EMAIL"] = "somebody@example.org";
            start.Environment[$"GIT_{role}_DATE"] = "2024-01-02T03:04:05Z";
        }

        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_SYSTEM"] = "/dev/null";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Trim();
    }

    public void Dispose() => StoreFolder.Remove(Root);
}
