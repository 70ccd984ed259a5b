using Ferry.Formats.NarInfo;
using Ferry.Formats.Signatures;
using Ferry.Formats.StorePaths;

namespace Ferry.Formats.Tests.NarInfo;

public class NarInfoTests
{
    // Made for these files by stock and used for nothing else.
    private const string SecretText =
        "cache.example-1:zmtnMlk2fZ8mW2n4L91F8hAFH8Wj6WtGhRpLbOn+TXU8/p0CCI/8PGhtJoc7P5NhmyYoSIdmvwPS4wODAXSZFA==";

    private const string PublicText =
        "cache.example-1:PP6dAgiP/DxobSaHOz+TYZsmKEiHZr8D0uMDgwF0mRQ=";

    private const string Minimal = "StorePath: /nix/store/00000000000000000000000000000000-x\n";

    public static TheoryData<string> Files =>
        [.. Corpus.Files("narinfo", "*.narinfo").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_of_stock_is_read_and_written_to_the_same_text(string file)
    {
        var text = Text(file);

        Assert.Equal(text, NarInfoWriter.Write(Read(text), StoreDirectory.Default));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_signature_of_stock_verifies_and_ours_is_the_same(string file)
    {
        var info = Read(Text(file));
        var secret = SecretKey.Parse(SecretText);
        var fingerprint = Fingerprint.Of(
            StoreDirectory.Default,
            info.Path,
            info.NarHash,
            info.NarSize,
            info.References
        );
        var signature = Signature.Parse(Assert.Single(info.Signatures));

        Assert.True(PublicKey.Parse(PublicText).Verifies(fingerprint, signature));
        Assert.Equal(signature.ToString(), secret.Sign(fingerprint).ToString());
        Assert.Equal(PublicText, secret.PublicKey.ToString());
        Assert.False(PublicKey.Parse(PublicText).Verifies("other"u8, signature));
    }

    [Theory]
    [InlineData("", "StorePath missing")]
    [InlineData(Minimal, "NarHash missing")]
    [InlineData(Minimal + "NarHash: sha256:x\n", "bad hash at line 2")]
    [InlineData(Minimal + "NarSize: many\n", "invalid NarSize at line 2")]
    [InlineData("no separator\n", "expecting ':' at line 1")]
    [InlineData("URL: x", "expecting '\\n' at line 1")]
    public void A_broken_file_is_refused(string text, string reason)
    {
        var exception = Assert.Throws<BadFormatException>(() => Read(text));
        Assert.Equal($"NAR info file 'test' is corrupt: {reason}", exception.Message);
    }

    [Fact]
    public void A_new_key_signs_what_its_public_half_verifies()
    {
        var key = SecretKey.Generate("new");
        var again = SecretKey.Parse(key.ToSecretText());

        Assert.True(key.PublicKey.Verifies("data"u8, again.Sign("data"u8)));
        Assert.False(key.PublicKey.Verifies("data"u8, SecretKey.Generate("new").Sign("data"u8)));
    }

    [Fact]
    public void Signatures_are_in_the_order_of_their_keys_names()
    {
        string[] signatures = ["a-b:AAAA", "a:AAAA", "a:/AAA", "a:BAAA"];

        Array.Sort(signatures, SignatureOrder.Instance);

        Assert.Equal(["a:AAAA", "a:BAAA", "a:/AAA", "a-b:AAAA"], signatures);
    }

    private static string Text(string file) =>
        File.ReadAllText(Path.Combine(Corpus.Folder, "narinfo", file));

    private static NarInfoFile Read(string text) =>
        NarInfoReader.Read(text, "test", StoreDirectory.Default);
}
