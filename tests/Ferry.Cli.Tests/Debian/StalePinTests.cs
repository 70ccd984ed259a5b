namespace Ferry.Cli.Tests.Debian;

/// <summary>A point release of Debian takes away what is pinned: from the missing file to the built result.</summary>
public sealed class StalePinTests : IDisposable
{
    private readonly SmallArchive _archive = new();

    public void Dispose() => _archive.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_package_that_has_left_is_resolved_anew_and_the_command_goes_on(bool usesApt)
    {
        SmallArchive.RequireApt(usesApt);
        _archive.Publish("1.1");

        var outcome = Build(usesApt, "tool").Succeeded();

        Assert.Equal("the package, version 1.1\n", Content(outcome, "/share/tool/version"));
        Assert.Contains("warning: tool 1.0-1 (amd64) has left the mirror", outcome.Error);
        Assert.Contains("warning: new pin: tool: 1.0-1 -> 1.1-1 (amd64)", outcome.Error);
        Assert.Contains($"in '{_archive.State}'", outcome.Error);
        Assert.DoesNotContain("error:", outcome.Error);
        Assert.Single(_archive.RenewedPins);

        var second = Build(usesApt, "tool").Succeeded();
        Assert.Equal(outcome.Output, second.Output);
        Assert.DoesNotContain("new pin", second.Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_source_that_has_left_is_found_in_its_newer_version(bool usesApt)
    {
        SmallArchive.RequireApt(usesApt);
        _archive.Publish("1.1");

        var outcome = Build(usesApt, "source").Succeeded();

        Assert.Equal("the source, version 1.1\n", Content(outcome));
        Assert.Contains("warning: new pin: source of tool: 1.0-1 -> 1.1-1", outcome.Error);
        Assert.Equal("1.1", Version(usesApt));
    }

    [Theory]
    [InlineData("tool")]
    [InlineData("source")]
    public void A_fixed_lock_is_one_error_and_nothing_is_renewed(string package)
    {
        _archive.Publish("1.1");

        var error = Build(usesApt: false, package, "--no-update-lock-file").Failed().Error;

        Assert.Contains("error: cannot fetch the Debian package tool 1.0-1", error);
        Assert.Contains("'--no-update-lock-file' forbids a new one", error);
        Assert.Single(error.Split('\n'), line => line.StartsWith("error:"));
        Assert.Empty(_archive.RenewedPins);
        _archive.AssertNothingHalfDone();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refreshing_renews_the_pins_that_are_committed(bool usesApt)
    {
        SmallArchive.RequireApt(usesApt);
        _archive.Publish("1.1");
        Build(usesApt, "tool").Succeeded();

        var outcome = _archive.Run(usesApt, "packages", "refresh").Succeeded();

        Assert.Contains("tool: 1.0-1 -> 1.1-1", outcome.Error);
        foreach (var file in (string[])["bootstrap/lock/amd64.json", "pkgs/to/tool/source.json"])
            Assert.Contains(
                "\"version\": \"1.1-1\"",
                File.ReadAllText(Path.Combine(_archive.Set, file))
            );
        // What this user had renewed is not looked at any more.
        Directory.Delete(_archive.State, recursive: true);
        Assert.DoesNotContain("new pin", Build(usesApt, "tool").Succeeded().Error);
        Assert.Contains(
            "is up to date",
            _archive.Run(usesApt, "packages", "refresh").Succeeded().Error
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_index_that_strangers_signed_renews_nothing(bool usesApt)
    {
        SmallArchive.RequireApt(usesApt);
        _archive.Publish("1.1", isSigned: false);

        var error = Build(usesApt, "tool").Failed().Error;

        Assert.Contains("signed", error);
        Assert.Single(error.Split('\n'), line => line.StartsWith("error:"));
        Assert.Empty(_archive.RenewedPins);
        _archive.AssertNothingHalfDone();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_mirror_that_lacks_what_its_index_names_is_told(bool usesApt)
    {
        SmallArchive.RequireApt(usesApt);
        _archive.LoseFiles();

        var error = Build(usesApt, "tool").Failed().Error;

        Assert.Contains("names no other version of 'tool'", error);
        Assert.Empty(_archive.RenewedPins);
        _archive.AssertNothingHalfDone();
    }

    private Outcome Build(bool usesApt, string package, params string[] more) =>
        _archive.Run(
            usesApt,
            ["build", "--no-link", "--print-out-paths", $"packages#{package}", .. more]
        );

    private string Version(bool usesApt) =>
        _archive
            .Run(usesApt, "eval", "--raw", "packages#source.upstreamVersion")
            .Succeeded()
            .Output;

    private string Content(Outcome outcome, string below = "") =>
        File.ReadAllText(_archive.Store + outcome.Output.Trim() + below);
}
