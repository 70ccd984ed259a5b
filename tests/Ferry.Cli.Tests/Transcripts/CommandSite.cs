using System.Diagnostics;

namespace Ferry.Cli.Tests.Transcripts;

/// <summary>A temporary folder in which stock's commands are Ferry's, or a stock Nix's own, with a store that holds a small graph.</summary>
internal sealed class CommandSite : IDisposable
{
    private const string Settings =
        "experimental-features = nix-command flakes\nsubstituters =\nsandbox = true\nsandbox-fallback = false\n"
        + "build-users-group =\n";

    private const string SystemPath = "/usr/bin:/bin:/usr/sbin:/sbin";

    private static readonly string[] s_commands =
    [
        "nix",
        "nix-build",
        "nix-hash",
        "nix-instantiate",
        "nix-prefetch-url",
        "nix-store",
    ];

    private readonly string _folder = Directory
        .CreateTempSubdirectory("ferry-transcript-")
        .FullName;

    private CommandSite() => Directory.CreateDirectory(Binaries);

    private string Binaries => Path.Combine(_folder, "bin");

    private string Store => Path.Combine(_folder, "store");

    public static CommandSite OfFerry()
    {
        var site = new CommandSite();
        foreach (var command in s_commands)
            File.CreateSymbolicLink(Path.Combine(site.Binaries, command), FerryProgram.Path);
        return site.WithGraph();
    }

    /// <param name="prefix">Words before a command that lead to a stock Nix, which must see temporary folders.</param>
    public static CommandSite OfStock(string prefix)
    {
        var site = new CommandSite();
        foreach (var command in s_commands)
        {
            var file = Path.Combine(site.Binaries, command);
            // Without our folder on the PATH, where the command would find itself.
            File.WriteAllText(
                file,
                $"#!/bin/sh\nPATH={SystemPath} exec {prefix} {command} \"$@\"\n"
            );
            File.SetUnixFileMode(
                file,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }

        return site.WithGraph();
    }

    /// <summary>A folder for one transcript, with the expression that it may work on.</summary>
    public string MakeFolder(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "work", name)).FullName;
        File.Copy(Path.Combine(Transcript.Folder, "graph.nix"), Path.Combine(folder, "graph.nix"));
        return folder;
    }

    public Outcome Run(string folder, string command)
    {
        var names = Path.Combine(Transcript.Folder, "names.sh");
        var start = new ProcessStartInfo("bash", ["-c", $". {names}; {command}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder,
        };
        start.Environment["PATH"] = $"{Binaries}:{SystemPath}";
        start.Environment["HOME"] = _folder;
        start.Environment["NIX_REMOTE"] = Store;
        start.Environment["NIX_CONFIG"] = Settings;
        start.Environment["NIX_CONF_DIR"] = "/nonexistent";
        start.Environment["NIX_USER_CONF_FILES"] = "";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    public string WithoutFolders(string text, string work) =>
        text.Replace(Store, "STORE").Replace(work, "WORK");

    public void Dispose()
    {
        // Directories of a store are read-only.
        using (var chmod = Process.Start("chmod", ["-R", "u+w", _folder]))
            chmod.WaitForExit();
        Directory.Delete(_folder, recursive: true);
    }

    private CommandSite WithGraph()
    {
        var folder = MakeFolder("graph");
        Run(folder, "nix-instantiate graph.nix").Succeeded();
        Run(folder, "nix-build --no-out-link graph.nix -A top -A multi.all -A fixed -A structured")
            .Succeeded();
        return this;
    }
}
