using System.Diagnostics;

namespace Ferry.Fetching.Tests.Git;

/// <summary>A repository on this machine, made by the program git with fixed names and times.</summary>
internal sealed class GitFixture : IDisposable
{
    public FetchFixture Fetching { get; } = new();

    public GitFixture()
    {
        Folder = Path.Combine(Fetching.Folder, "repository");
        Directory.CreateDirectory(Folder);
        Git("init", "--quiet", "--initial-branch", "main");
    }

    public string Folder { get; }

    public string Url => "git+file://" + Folder;

    public string Git(params string[] arguments) => GitIn(Folder, arguments);

    public static string GitIn(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", folder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
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
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(
            process.ExitCode == 0,
            $"git {string.Join(' ', arguments)}: {error.GetAwaiter().GetResult()}"
        );
        return output.Trim();
    }

    public void Write(string name, string contents) =>
        Fetching.Write(Path.Combine("repository", name), contents);

    /// <returns>The commit.</returns>
    public string Commit(params (string Name, string Contents)[] files)
    {
        foreach (var (name, contents) in files)
            Write(name, contents);
        Git("add", "--all");
        Git("commit", "--quiet", "--message", "change");
        return Git("rev-parse", "HEAD");
    }

    public void Dispose() => Fetching.Dispose();
}
