using Ferry.Debian.Indexes;

namespace Ferry.Debian.Tests.Indexes;

public class ReleaseFileTests
{
    private const string Text = """
        Suite: stable
        Codename: trixie
        Valid-Until: Sat, 28 Nov 2026 09:15:44 UTC
        MD5Sum:
         aaa 1 main/binary-amd64/Packages.xz
        SHA256:
         bbb 3 main/binary-amd64/Packages
         ccc 2 main/binary-amd64/Packages.gz
         ddd 1 main/binary-amd64/Packages.xz
         eee 4 main/source/Sources
        """;

    [Fact]
    public void Fields_and_the_smallest_form_of_a_file_are_found()
    {
        var release = ReleaseFile.Parse(Text);
        Assert.Equal(("trixie", "stable"), (release.Codename, release.Suite));
        Assert.Equal(new DateTimeOffset(2026, 11, 28, 9, 15, 44, default), release.ValidUntil);
        Assert.Equal(
            new ReleasedFile("main/binary-amd64/Packages.xz", 1, "ddd"),
            release.Find("main/binary-amd64/Packages")
        );
        Assert.Equal("eee", release.Find("main/source/Sources").Sha256);
    }

    [Fact]
    public void A_file_that_the_suite_lacks_is_named() =>
        Assert.Contains(
            "main/binary-m68k/Packages",
            Assert
                .Throws<DebianException>(() =>
                    ReleaseFile.Parse(Text).Find("main/binary-m68k/Packages")
                )
                .Message
        );

    [Theory]
    [InlineData("SHA256:\n bbb main")]
    [InlineData("SHA256:\n bbb x main")]
    [InlineData("Valid-Until: tomorrow")]
    public void Nonsense_is_refused(string text) =>
        Assert.Throws<DebianException>(() => ReleaseFile.Parse(text));
}
