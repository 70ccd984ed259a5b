using System.Diagnostics;

namespace Ferry.Cli.Tests.Manual;

/// <summary>What an installation writes for <c>man</c>.</summary>
public sealed class ManPageTests : IDisposable
{
    private readonly string _prefix = Directory.CreateTempSubdirectory("ferry-manual-").FullName;

    public void Dispose() => Directory.Delete(_prefix, recursive: true);

    [Fact]
    public void An_installation_has_a_man_page_for_each_page()
    {
        FerryProgram.Run("install", "--prefix", _prefix).Succeeded();
        var pages = Pages().Select(file => Path.GetRelativePath(_prefix, file)).ToList();
        Assert.Equal(PageFiles.Names.Count() + 1, pages.Count);
        Assert.Contains("share/man/man1/ferry.1", pages);
        Assert.Contains("share/man/man1/ferry-flake-update.1", pages);
        Assert.Contains("share/man/man1/nix-store.1", pages);
        Assert.Contains("share/man/man5/ferry-settings.5", pages);
        Assert.Contains("share/man/man7/ferry-installables.7", pages);
        Assert.Equal(
            ".so man1/ferry.1\n",
            File.ReadAllText(Path.Combine(_prefix, "share/man/man1/nix.1"))
        );
    }

    [Fact]
    public void Groff_has_nothing_to_say_against_any_page()
    {
        Assert.SkipUnless(
            File.Exists("/usr/bin/groff"),
            "groff is not installed: what it says of the pages is not checked"
        );
        FerryProgram.Run("install", "--prefix", _prefix).Succeeded();
        Assert.All(
            Pages().Where(page => Path.GetFileName(page) != "nix.1"),
            page => Assert.Equal("", Warnings(page))
        );
    }

    private IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(
            Path.Combine(_prefix, "share", "man"),
            "*",
            SearchOption.AllDirectories
        );

    private static string Warnings(string page)
    {
        using var process = Process.Start(
            new ProcessStartInfo("groff", ["-man", "-Tutf8", "-ww", "-z", page])
            {
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var text = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return text;
    }
}
