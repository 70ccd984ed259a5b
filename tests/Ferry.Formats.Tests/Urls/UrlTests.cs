using Ferry.Formats.Urls;

namespace Ferry.Formats.Tests.Urls;

public class UrlTests
{
    [Theory]
    [InlineData("http://example.org/a/b?x=1&a=2#f", "http://example.org/a/b?a=2&x=1#f")]
    [InlineData("http://user:secret@example.org:80/", "http://user:secret@example.org:80/")]
    [InlineData("http://[fe80::1]:1/x", "http://[fe80::1]:1/x")]
    [InlineData("file:///a%20b", "file:///a%20b")]
    [InlineData("file:/a", "file:/a")]
    [InlineData("file:", "file:/")]
    [InlineData("path:./x/../y", "path:./x/../y")]
    [InlineData("github:a/b?x=%3D%26", "github:a/b?x=%3D%26")]
    [InlineData("http://example.org?novalue&a=1", "http://example.org?a=1")]
    [InlineData("http://example.org/%41", "http://example.org/A")]
    public void A_url_is_printed_in_one_form(string text, string printed) =>
        Assert.Equal(printed, Url.Parse(text).ToString());

    [Theory]
    [InlineData("no scheme")]
    [InlineData("/a:b")]
    [InlineData("")]
    [InlineData("1http://x")]
    [InlineData("http://a b")]
    [InlineData("http://x/%4")]
    [InlineData("http://x:99999/")]
    [InlineData("http://x:port/")]
    [InlineData("http://[::1/")]
    [InlineData("file://host/x")]
    [InlineData("http://x/?a=\"")]
    public void What_is_no_url_says_so(string text) =>
        Assert.Throws<BadUrlException>(() => Url.Parse(text));

    [Fact]
    public void References_may_have_spaces_and_quotes_where_old_ones_have_them()
    {
        var url = Url.Parse("path:/x?a=b c#d \"e\"^", isLenient: true);
        Assert.Equal("b c", url.Query["a"]);
        Assert.Equal("d \"e\"^", url.Fragment);
    }

    [Theory]
    [InlineData("file:///a//b/", "/a/b/")]
    [InlineData("file:///", "/")]
    [InlineData("path:a/b", "a/b")]
    [InlineData("path:", "")]
    public void A_path_becomes_a_file_name(string text, string path) =>
        Assert.Equal(path, Url.Parse(text).FilePath);

    [Theory]
    [InlineData("file:///a%2Fb")]
    [InlineData("file:///a%00b")]
    public void A_part_of_a_path_is_one_name(string text) =>
        Assert.Throws<BadUrlException>(() => Url.Parse(text).FilePath);
}
