using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.Formats.Tests.StorePaths;

public class StorePathTests
{
    private const string Digest = "00000000000000000000000000000000";

    [Theory]
    [InlineData("x", "'x' is too short to be a valid store path")]
    [InlineData(
        "e0000000000000000000000000000000-x",
        "store path 'e0000000000000000000000000000000-x' contains illegal base-32 character 'e'"
    )]
    [InlineData(
        Digest + "-",
        "path '" + Digest + "-' is not a valid store path: name must not be empty"
    )]
    [InlineData(
        Digest + "-a b",
        "path '"
            + Digest
            + "-a b' is not a valid store path: name 'a b' contains illegal character ' '"
    )]
    [InlineData(
        Digest + "-..-x",
        "path '"
            + Digest
            + "-..-x' is not a valid store path: name '..-x' is not valid: first dash-separated component must not be '..'"
    )]
    public void A_text_that_is_no_store_path_is_refused_in_stocks_words(string text, string message)
    {
        var exception = Assert.Throws<BadFormatException>(() => StorePath.Parse(text));
        Assert.Equal(message, exception.Message);
        Assert.Null(StorePath.TryParse(text));
    }

    [Theory]
    [InlineData(".hidden")]
    [InlineData("...")]
    [InlineData("..a")]
    [InlineData("a?b=c+d_e.f-g")]
    public void A_name_with_every_allowed_character_is_taken(string name) =>
        Assert.Equal(name, StorePath.Parse($"{Digest}-{name}").Name);

    [Fact]
    public void A_name_has_at_most_211_characters()
    {
        _ = StorePath.Parse($"{Digest}-{new string('a', 211)}");
        Assert.Throws<BadFormatException>(() =>
            StorePath.Parse($"{Digest}-{new string('a', 212)}")
        );
    }

    [Fact]
    public void A_path_below_a_store_object_is_split()
    {
        var (path, below) = StoreDirectory.Default.Split($"/nix//store/./{Digest}-x/bin/../lib/");

        Assert.Equal($"{Digest}-x", path.ToString());
        Assert.Equal("/lib", below);
    }

    [Theory]
    [InlineData("/nix/store")]
    [InlineData("/nix/store/../store2/00000000000000000000000000000000-x")]
    [InlineData("/elsewhere/00000000000000000000000000000000-x")]
    public void A_path_elsewhere_is_not_in_the_store(string text)
    {
        var exception = Assert.Throws<BadFormatException>(() => StoreDirectory.Default.Parse(text));
        Assert.EndsWith("is not in the Nix store", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ContentAddressMethod.Text, "text:sha256:")]
    [InlineData(ContentAddressMethod.Flat, "fixed:sha256:")]
    [InlineData(ContentAddressMethod.Recursive, "fixed:r:sha256:")]
    public void Content_addresses_are_parsed_as_they_are_printed(
        ContentAddressMethod method,
        string start
    )
    {
        var address = new ContentAddress(method, Hash.Compute(HashKind.Sha256, "x"u8));

        Assert.StartsWith(start, address.ToString(), StringComparison.Ordinal);
        Assert.Equal(address, ContentAddress.Parse(address.ToString()));
    }
}
