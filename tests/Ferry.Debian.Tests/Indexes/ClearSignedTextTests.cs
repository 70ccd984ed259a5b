using Ferry.Debian.Indexes;

namespace Ferry.Debian.Tests.Indexes;

/// <summary>The samples were signed by gpg, with a key that exists nowhere else.</summary>
public class ClearSignedTextTests
{
    private static readonly string s_signed = Sample("InRelease");
    private static readonly string s_keys = Sample("keys.asc");

    [Fact]
    public void A_good_signature_gives_the_text_as_it_was() =>
        Assert.Equal(
            "Origin: test\nCodename: trixie\n- a line that starts with a dash\nwhite space at the end   \n\nSHA256:\n"
                + " e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0 main/binary-amd64/Packages",
            ClearSignedText.Verify(s_signed, s_keys)
        );

    [Fact]
    public void Line_ends_of_another_kind_change_nothing() =>
        Assert.Contains(
            "Codename: trixie",
            ClearSignedText.Verify(s_signed.ReplaceLineEndings("\r\n"), s_keys)
        );

    [Theory]
    [InlineData("trixie", "sid")]
    [InlineData("Origin", "\nOrigin")]
    [InlineData(" 0 main", " 1 main")]
    public void A_changed_text_is_refused(string before, string after) =>
        Assert.Contains(
            "none of the known keys has signed it",
            Assert
                .Throws<DebianException>(() =>
                    ClearSignedText.Verify(s_signed.Replace(before, after), s_keys)
                )
                .Message
        );

    [Fact]
    public void A_signature_by_another_key_is_refused_and_names_it()
    {
        var others = File.ReadAllText(
            Path.Combine(AppContext.BaseDirectory, "Indexes", "archive-keys.asc")
        );
        Assert.Matches(
            "signatures are by [0-9A-F]{16}",
            Assert.Throws<DebianException>(() => ClearSignedText.Verify(s_signed, others)).Message
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>log in</html>")]
    [InlineData("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\ntext")]
    [InlineData(
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\ntext\n-----BEGIN PGP SIGNATURE-----\n\nAAAA\n"
    )]
    public void What_is_no_signed_text_is_refused(string text) =>
        Assert.Throws<DebianException>(() => ClearSignedText.Verify(text, s_keys));

    [Fact]
    public void Text_after_the_signature_is_no_part_of_what_was_signed() =>
        Assert.DoesNotContain(
            "smuggled",
            ClearSignedText.Verify(s_signed + "\nsmuggled: yes\n", s_keys)
        );

    private static string Sample(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Indexes", "Samples", name));
}
