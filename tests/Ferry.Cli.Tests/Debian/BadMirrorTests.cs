namespace Ferry.Cli.Tests.Debian;

/// <summary>Mirrors that misbehave: each is one readable error, and nothing is half done.</summary>
public sealed class BadMirrorTests : IDisposable
{
    private readonly SmallArchive _archive = new();

    public void Dispose() => _archive.Dispose();

    [Fact]
    public void A_mirror_that_is_off_is_named()
    {
        _archive.Mirror.Dispose();
        var error = Fail();
        Assert.Contains($"unable to download '{_archive.Mirror.Address}/pool/", error);
        Assert.Contains("Connection refused", error);
    }

    [Fact]
    public void A_mirror_that_hangs_is_asked_again_and_then_given_up()
    {
        _archive.Mirror.Mischief = MirrorMischief.Hang;
        var error = Fail();
        Assert.Contains("retrying in", error);
        Assert.Contains("(attempt 1/2)", error);
        Assert.Contains("Timeout was reached", error);
    }

    [Fact]
    public void A_truncated_file_is_completed()
    {
        _archive.Mirror.Mischief = MirrorMischief.Truncate;
        _archive.Mirror.BadAnswersMax = 1;
        var outcome = Build().Succeeded();
        Assert.Contains("retrying from offset", outcome.Error);
        Assert.Contains(
            "version 1.0",
            File.ReadAllText(_archive.Store + outcome.Output.Trim() + "/share/tool/version")
        );
    }

    [Fact]
    public void A_file_that_is_always_truncated_is_given_up()
    {
        _archive.Mirror.Mischief = MirrorMischief.Truncate;
        Assert.Contains("unable to download", Fail());
    }

    [Fact]
    public void Another_file_in_its_place_is_refused_with_both_hashes_and_the_address()
    {
        _archive.Mirror.Mischief = MirrorMischief.OtherContent;
        var error = Fail();
        Assert.Contains(
            $"'{_archive.Mirror.Address}/pool/main/t/tool/tool_1.0-1_amd64.deb'",
            error
        );
        Assert.Contains("wanted: sha256:", error);
        Assert.Contains("got:    sha256:", error);
    }

    [Fact]
    public void A_web_page_in_its_place_is_recognised()
    {
        _archive.Mirror.Mischief = MirrorMischief.WebPage;
        Assert.Contains("it is a web page", Fail());
    }

    [Theory]
    [InlineData(MirrorMischief.Hang, "cannot fetch")]
    [InlineData(MirrorMischief.OtherContent, "wanted: sha256:")]
    [InlineData(MirrorMischief.WebPage, "it is a web page")]
    [InlineData(MirrorMischief.Truncate, "cannot fetch")]
    public void Apt_is_no_better_company(MirrorMischief mischief, string message)
    {
        SmallArchive.RequireApt(usesApt: true);
        _archive.Mirror.Mischief = mischief;
        Assert.Contains(message, Fail(usesApt: true));
    }

    private Outcome Build(bool usesApt = false) =>
        _archive.Run(usesApt, "build", "--no-link", "--print-out-paths", "packages#tool");

    private string Fail(bool usesApt = false)
    {
        var error = Build(usesApt).Failed().Error;
        _archive.AssertNothingHalfDone();
        return error;
    }
}
